// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Records the allocation stream of a running program. Not thread-safe.
class StreamRecorder {
public:
    /// @param bytes > 0
    /// @return number of the block, for free()
    std::int32_t allocate(std::int64_t bytes);
    /// Records a block that a library allocates on first use and never frees.
    void allocatePersistent(std::int64_t bytes, MemoryPart part);
    void free(std::int32_t block);
    /// Records that the program returns unused cached memory to the device.
    void release() { stream_.events.push_back(AllocationStream::release); }
    /// Begins a stage of the program.
    void beginStage(std::string_view name) { stream_.stages.push_back({position(), this->name(name)}); }

    /// Sets the purpose of a block. May be called at any time, also after it was freed.
    void assign(std::int32_t block, MemoryPart part);
    /// Sets the purpose of every live block allocated since this event that is still Temporaries.
    void assignLive(std::int64_t sinceEvent, MemoryPart part);
    /// Sets the purpose of every block that `module` allocated since this event.
    void assignModule(std::int64_t sinceEvent, std::int32_t module, MemoryPart part);

    bool hasShape(std::int32_t block) const {
        return stream_.blocks[static_cast<std::size_t>(block)].shape >= 0;
    }
    /// Sets the tensor shape of a block. Ignored if `bytes`, the size of the tensor, is not that of the
    /// block.
    /// @param type its name; must outlive the stream
    void setShape(std::int32_t block, std::span<const std::int64_t> sizes, const char* type,
                  std::int64_t bytes);

    /// Number of the next event.
    std::int64_t position() const { return static_cast<std::int64_t>(stream_.events.size()); }
    /// Marks the events since `begin` as a passage that repeats `repeats` more times.
    /// @throws std::logic_error if they free older blocks or leave blocks allocated
    void repeat(std::int64_t begin, std::int64_t repeats);
    /// Whether the events since `begin` free everything that they allocate, and nothing else.
    bool isBalanced(std::int64_t begin) const;

    /// Part of a stream. Events are numbered from its beginning.
    struct Section {
        std::vector<std::int32_t> events = {};
        std::vector<AllocationStream::Passage> passages = {};
        std::vector<AllocationStream::Mark> marks = {}; ///< the first is at event 0
    };
    /// The differences of a copied section from the original.
    struct Substitution {
        /// Block of the copy by block of the original. Every block that the section frees but does not
        /// allocate needs an entry. pasteCopy() creates the blocks that the section allocates and adds them
        /// here, unless there is an entry already.
        std::unordered_map<std::int32_t, std::int32_t> blocks = {};
        /// Module path to replace, and its replacement; applies to submodules too.
        std::pair<std::string, std::string> path = {};
        std::unordered_map<std::int32_t, std::int32_t> names = {}; ///< cache: new by old name
    };
    /// Returns the events from `begin` on.
    Section copy(std::int64_t begin) const;
    /// Removes the events from `begin` on and returns them.
    Section cut(std::int64_t begin);
    /// Appends a section that was cut.
    void paste(const Section& section);
    /// Appends a copy of a section. @throws std::logic_error if it frees a block that it does not allocate
    /// and that has no entry in `substitution`
    void pasteCopy(const Section& section, Substitution& substitution);

    /// Index of a name in the stream; the name is added if it is new.
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
    void pasteBounds(const Section& section, std::int64_t begin, Substitution& substitution);
    std::int32_t substituted(std::int32_t name, Substitution& substitution);

    /// Allows lookup by std::string_view.
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    AllocationStream stream_;
    std::vector<std::int64_t> allocatedAt_; ///< event, by block
    std::vector<bool> live_;                ///< by block
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> names_ = {{"", 0}};
    std::int32_t phase_ = 0;
    std::int32_t module_ = 0;
    std::int32_t operation_ = 0;
};

} // namespace headroom
