#pragma once

#include "core/memory/allocation_stream.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace headroom {

/// Writes a stream while a program runs. One thread.
class StreamRecorder {
public:
    /// @param bytes > 0
    /// @return the block, to be freed once or never
    std::int32_t allocate(std::int64_t bytes);
    /// The same for what a library makes at first use and keeps. It is never freed.
    void allocateLasting(std::int64_t bytes, MemoryPart part);
    void free(std::int32_t block);

    /// Says what a block is for, whenever that comes to be known.
    void assign(std::int32_t block, MemoryPart part);
    /// The blocks since this event that still live and are nothing better than temporaries become this.
    void assignLiving(std::int64_t sinceEvent, MemoryPart part);

    /// The number of the next event.
    std::int64_t position() const { return static_cast<std::int64_t>(stream_.events.size()); }
    /// What was recorded since `begin` comes `again` times more. Throws std::logic_error where it leaves or
    /// frees what it should not.
    void repeat(std::int64_t begin, std::int64_t again);

    /// The number of a name; equal names have one.
    std::int32_t name(std::string_view text);
    void setPhase(std::int32_t name);
    void setModule(std::int32_t name);
    void setOperation(std::int32_t name) { operation_ = name; }
    std::int32_t module() const { return module_; }

    const AllocationStream& stream() const { return stream_; }
    AllocationStream take() { return std::move(stream_); }

private:
    void mark();

    AllocationStream stream_;
    std::vector<std::int64_t> madeAt_; ///< by block: its event
    std::vector<bool> living_;         ///< by block
    std::unordered_map<std::string, std::int32_t> names_ = {{"", 0}};
    std::int32_t phase_ = 0;
    std::int32_t module_ = 0;
    std::int32_t operation_ = 0;
};

} // namespace headroom
