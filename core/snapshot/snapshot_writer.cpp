// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/snapshot/snapshot_writer.h"

#include "core/allocator/stream_player.h"
#include "core/support/error.h"
#include "core/weights/pickle_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

using P = PickleText;

/// Added to the model's addresses, since readers may take 0 for a missing one. Readers in JavaScript need
/// addresses below 2^53.
constexpr std::int64_t firstAddress = std::int64_t{1} << 46;

/// Composes dicts and long lists, and writes each text and each list of frames once.
class SnapshotText {
public:
    P& pickle() { return pickle_; }

    P& text(std::string_view text) {
        const auto [found, isNew] = texts_.try_emplace(std::string(text), used_);
        if (!isNew)
            return pickle_.recall(found->second);
        return pickle_.text(text).memoize(used_++);
    }
    void add(std::string_view key, std::int64_t value) { text(key).integer(value); }
    void add(std::string_view key, std::string_view value) {
        text(key);
        text(value);
    }
    /// Not an overload: a string literal is a bool sooner than a std::string_view.
    void addFlag(std::string_view key, bool value) { text(key) << (value ? P::trueValue : P::falseValue); }

    /// Writes a list of frames the first time, and afterwards its number.
    template <class Write>
    void frames(const std::array<std::int32_t, 4>& which, const Write& write) {
        text("frames");
        const auto [found, isNew] = frames_.try_emplace(which, 0);
        if (!isNew) {
            pickle_.recall(found->second);
            return;
        }
        write();
        found->second = used_;
        pickle_.memoize(used_++);
    }

private:
    P pickle_;
    std::uint32_t used_ = 0; ///< numbers of the memo
    std::map<std::string, std::uint32_t, std::less<>> texts_;
    std::map<std::array<std::int32_t, 4>, std::uint32_t> frames_;
};

/// A long list. Readers take at most some thousand elements at once.
class LongList {
public:
    explicit LongList(P& pickle) : pickle_(pickle) { pickle_ << P::emptyList << P::mark; }

    void beginElement() {
        constexpr std::int64_t together = 1000;
        if (count_ > 0 && count_ % together == 0)
            pickle_ << P::append << P::mark;
        ++count_;
    }
    void end() { pickle_ << P::append; }
    std::int64_t count() const { return count_; }

private:
    P& pickle_;
    std::int64_t count_ = 0;
};

/// Writes what happens while a stream is played, then the state.
class SnapshotWriter {
public:
    SnapshotWriter(const AllocationStream& stream, const AllocatorSettings& settings)
        : stream_(stream), isExpandable_(settings.expandableSegments) {
        out_.pickle() << P::start << P::emptyDict << P::mark;
        out_.text("device_traces") << P::emptyList << P::mark;
        trace_.emplace(out_.pickle());
    }

    void addSegment(const SegmentChange& change) {
        static constexpr std::array<const char*, 4> actions = {"segment_alloc", "segment_free", "segment_map",
                                                               "segment_unmap"};
        beginEntry(actions.at(static_cast<std::size_t>(change.kind)), change.address, change.bytes);
        out_.frames({-1, -1, -1, -1}, [this] { out_.pickle() << P::emptyList; });
        endEntry();
    }

    void addEvent(const ReplayState& state) {
        const std::int32_t entry = stream_.events[static_cast<std::size_t>(state.event)];
        const std::int32_t number = entry < 0 ? ~entry : entry;
        const auto& block = stream_.blocks[static_cast<std::size_t>(number)];
        if (entry >= 0) {
            live_[state.address] = {number, state.event};
            addBlockEntry("alloc", block, state.address, state.event);
            return;
        }
        const std::int64_t since = live_.at(state.address).second;
        live_.erase(state.address);
        addBlockEntry("free_requested", block, state.address, since);
        addBlockEntry("free_completed", block, state.address, since);
    }

    void addSegments(const CachingAllocator& allocator) {
        trace_->end();
        out_.pickle() << P::append;
        out_.text("segments");
        LongList segments(out_.pickle());
        for (const MemoryBlock* block : allocator.segments()) {
            while (block != nullptr) {
                const MemoryBlock* first = block;
                while (block != nullptr && block->mapped)
                    block = block->next;
                if (first != block) {
                    segments.beginElement();
                    addSegment(first, block);
                } else {
                    block = block->next;
                }
            }
        }
        segments.end();
        out_.pickle() << P::setItems << P::stop;
    }

    std::int64_t entries() const { return trace_->count(); }
    std::string take() { return out_.pickle().take(); }

private:
    void beginEntry(const char* action, std::int64_t address, std::int64_t bytes) {
        trace_->beginElement();
        out_.pickle() << P::emptyDict << P::mark;
        out_.add("action", action);
        out_.add("addr", firstAddress + address);
        out_.add("size", bytes);
        out_.add("stream", std::int64_t{0});
        out_.add("time_us", trace_->count());
    }
    void endEntry() { out_.pickle() << P::setItems; }

    /// @param since the event that allocated the block
    void addBlockEntry(const char* action, const AllocationStream::Block& block, std::int64_t address,
                       std::int64_t since) {
        beginEntry(action, address, block.bytes);
        addFrames(block, since);
        endEntry();
    }

    /// Innermost first.
    void addFrames(const AllocationStream::Block& block, std::int64_t event) {
        const auto mark = std::ranges::upper_bound(stream_.marks, event, {}, &AllocationStream::Mark::event);
        const std::int32_t phase = mark == stream_.marks.begin() ? 0 : std::prev(mark)->phase;
        out_.frames({block.operation, block.module, static_cast<std::int32_t>(block.part), phase}, [&] {
            out_.pickle() << P::emptyList << P::mark;
            addFrame("operator", stream_.names[static_cast<std::size_t>(block.operation)]);
            addFrame("module", stream_.names[static_cast<std::size_t>(block.module)]);
            addFrame("purpose", memoryPartName(block.part));
            addFrame("phase", stream_.names[static_cast<std::size_t>(phase)]);
            out_.pickle() << P::append;
        });
    }
    void addFrame(const char* kind, std::string_view name) {
        if (name.empty())
            return;
        out_.pickle() << P::emptyDict << P::mark;
        out_.add("filename", kind);
        out_.add("line", std::int64_t{0});
        out_.add("name", name);
        out_.pickle() << P::setItems;
    }

    /// The mapped blocks from `first` to before `end`.
    void addSegment(const MemoryBlock* first, const MemoryBlock* end) {
        std::int64_t total = 0;
        std::int64_t allocated = 0;
        std::int64_t requested = 0;
        for (const MemoryBlock* block = first; block != end; block = block->next) {
            total += block->size;
            allocated += block->allocated ? block->size : 0;
            requested += block->allocated ? block->requested : 0;
        }
        out_.pickle() << P::emptyDict << P::mark;
        out_.add("device", std::int64_t{0});
        out_.add("address", firstAddress + first->address);
        out_.add("total_size", total);
        out_.add("allocated_size", allocated);
        out_.add("active_size", allocated);
        out_.add("requested_size", requested);
        out_.add("stream", std::int64_t{0});
        out_.add("segment_type", first->pool->small ? "small" : "large");
        out_.text("segment_pool_id").integers(std::array<std::int64_t, 2>{0, 0});
        out_.addFlag("is_expandable", isExpandable_);
        out_.frames({-1, -1, -1, -1}, [this] { out_.pickle() << P::emptyList; });
        out_.text("blocks");
        LongList blocks(out_.pickle());
        for (const MemoryBlock* block = first; block != end; block = block->next) {
            blocks.beginElement();
            addBlock(*block);
        }
        blocks.end();
        out_.pickle() << P::setItems;
    }

    void addBlock(const MemoryBlock& block) {
        out_.pickle() << P::emptyDict << P::mark;
        out_.add("address", firstAddress + block.address);
        out_.add("size", block.size);
        out_.add("requested_size", block.allocated ? block.requested : 0);
        out_.add("state", block.allocated ? "active_allocated" : "inactive");
        if (block.allocated) {
            const auto& [number, event] = live_.at(block.address);
            addFrames(stream_.blocks[static_cast<std::size_t>(number)], event);
        } else {
            out_.frames({-1, -1, -1, -1}, [this] { out_.pickle() << P::emptyList; });
        }
        out_.pickle() << P::setItems;
    }

    const AllocationStream& stream_;
    bool isExpandable_;
    SnapshotText out_;
    std::optional<LongList> trace_;
    /// Number and event of each live block, by address.
    std::map<std::int64_t, std::pair<std::int32_t, std::int64_t>> live_;
};

} // namespace

WrittenSnapshot writeSnapshot(const AllocationStream& stream, const AllocatorSettings& settings,
                              std::int64_t capacity) {
    SnapshotWriter writer(stream, settings);
    CachingAllocator allocator(settings, capacity);
    allocator.setSegmentObserver([&](const SegmentChange& change) { writer.addSegment(change); });
    StreamPlayer player(stream, allocator);
    player.play(std::numeric_limits<std::int64_t>::max(),
                [&](const ReplayState& state) { writer.addEvent(state); });
    const Replay replay = player.result();
    if (!replay.completed)
        throw Error(ErrorKind::Failure, "the program does not fit the card, so its history is incomplete");
    WrittenSnapshot written{
        {}, writer.entries(), replay.statistics.allocatedPeak, replay.statistics.reservedPeak};
    writer.addSegments(player.allocator());
    written.pickle = writer.take();
    return written;
}

AllocationStream beforeStage(AllocationStream stream, const std::string& stage) {
    const auto found = std::ranges::find_if(stream.stages, [&](const AllocationStream::Stage& each) {
        return stream.names[static_cast<std::size_t>(each.name)] == stage;
    });
    if (found == stream.stages.end())
        return stream;
    stream.events.resize(static_cast<std::size_t>(found->event));
    std::erase_if(stream.passages, [&](const auto& passage) { return passage.end > found->event; });
    stream.stages.erase(found, stream.stages.end());
    return stream;
}

} // namespace headroom
