#pragma once

#include "core/allocator/allocation_stream.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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

    bool isDescribed(std::int32_t block) const {
        return stream_.blocks[static_cast<std::size_t>(block)].shape >= 0;
    }
    /// Says what tensor a block is for, if it is as large as the block.
    /// @param type its name, which outlives the stream
    void describe(std::int32_t block, std::span<const std::int64_t> sizes, const char* type,
                  std::int64_t bytes);

    /// The number of the next event.
    std::int64_t position() const { return static_cast<std::int64_t>(stream_.events.size()); }
    /// What was recorded since `begin` comes `again` times more. Throws std::logic_error where it leaves or
    /// frees what it should not.
    void repeat(std::int64_t begin, std::int64_t again);
    /// Whether all that was allocated since `begin` is freed and nothing older was.
    bool leavesNothing(std::int64_t begin) const;

    /// Part of a stream, events numbered from its begin.
    struct Segment {
        std::vector<std::int32_t> events = {};
        std::vector<AllocationStream::Passage> passages = {};
        std::vector<AllocationStream::Mark> marks = {}; ///< the first holds at the begin
    };
    /// What is other where a segment is written once more.
    struct Renaming {
        /// Blocks for those of the segment. Those that it allocates are made, and added here, but for the
        /// ones that are given; for all others that it frees one must be given.
        std::unordered_map<std::int32_t, std::int32_t> blocks = {};
        /// The part of the model, and what stands for it in its name and in the names of its own parts.
        std::pair<std::string, std::string> path = {};
        std::unordered_map<std::int32_t, std::int32_t> names = {}; ///< those found so far, by the old ones
    };
    /// The events from `begin` on.
    Segment copy(std::int64_t begin) const;
    /// The same, taken out of the stream.
    Segment cut(std::int64_t begin);
    /// Puts back what was cut.
    void writeBack(const Segment& segment);
    /// Writes a segment once more. Throws std::logic_error where a block that it frees is nobody's.
    void write(const Segment& segment, Renaming& renaming);

    /// The number of a name; equal names have one.
    std::int32_t name(std::string_view text);
    void setPhase(std::int32_t name);
    void setModule(std::int32_t name);
    void setOperation(std::int32_t name) { operation_ = name; }
    std::int32_t module() const { return module_; }

    const AllocationStream& stream() const { return stream_; }
    AllocationStream take() { return std::move(stream_); }

private:
    void mark() { mark({position(), phase_, module_}); }
    void mark(const AllocationStream::Mark& mark);
    void writeBounds(const Segment& segment, std::int64_t begin, Renaming& renaming);
    std::int32_t renamed(std::int32_t name, Renaming& renaming);

    /// Lets a name be found without a string made for it.
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    AllocationStream stream_;
    std::vector<std::int64_t> madeAt_; ///< by block: its event
    std::vector<bool> living_;         ///< by block
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> names_ = {{"", 0}};
    std::int32_t phase_ = 0;
    std::int32_t module_ = 0;
    std::int32_t operation_ = 0;
};

} // namespace headroom
