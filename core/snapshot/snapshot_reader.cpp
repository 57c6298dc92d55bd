// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/snapshot/snapshot_reader.h"

#include "core/snapshot/call_stacks.h"
#include "core/snapshot/snapshot_node.h"
#include "core/support/error.h"
#include "core/weights/input_file.h"
#include "core/weights/pickle.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace headroom {
namespace {

constexpr const char* fewerEvents =
    "Record fewer events: torch.cuda.memory._record_memory_history(max_entries=100000).";

/// One entry of a trace.
struct TraceEntry {
    enum class Action { Allocate, Free, Reserve, GiveBack, OutOfMemory };

    Action action;
    std::int64_t address = 0;
    std::int64_t bytes = 0;
    std::int64_t stream = 0;
    std::int32_t stack = 0;
    std::size_t number = 0; ///< in the trace
};

/// Absent for actions that change nothing.
std::optional<TraceEntry::Action> actionNamed(const std::string& name) {
    using Action = TraceEntry::Action;
    static const std::map<std::string, Action> actions = {
        {"alloc", Action::Allocate},        {"free_completed", Action::Free},
        {"segment_alloc", Action::Reserve}, {"segment_map", Action::Reserve},
        {"segment_free", Action::GiveBack}, {"segment_unmap", Action::GiveBack},
        {"oom", Action::OutOfMemory},
    };
    const auto found = actions.find(name);
    return found == actions.end() ? std::nullopt : std::optional(found->second);
}

std::vector<TraceEntry> entriesOf(const SnapshotNode& trace, CallStacks& stacks) {
    std::vector<TraceEntry> entries;
    const std::vector<SnapshotNode> nodes = trace.list();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto action = actionNamed(nodes[i].at("action").text());
        if (!action)
            continue;
        TraceEntry entry{.action = *action, .number = i};
        const bool failed = *action == TraceEntry::Action::OutOfMemory; // it has no address
        if (!failed)
            entry.address = nodes[i].at("addr").address();
        entry.bytes = nodes[i].at("size").bytes();
        entry.stream = nodes[i].has("stream") ? nodes[i].at("stream").integer() : 0;
        if (failed || *action == TraceEntry::Action::Allocate)
            entry.stack = stacks.of(nodes[i]);
        entries.push_back(entry);
    }
    return entries;
}

/// A block that is live, and what is known about it.
struct LiveBlock {
    std::int64_t bytes = 0;
    std::int64_t stream = 0;
    std::int32_t stack = 0;
};
using LiveBlocks = std::map<std::int64_t, LiveBlock>; ///< by address

/// The state of a device at the end of the recording.
struct DeviceState {
    LiveBlocks live;
    std::int64_t reserved = 0;
    bool hasPrivatePools = false;
};

bool isPrivatePool(const SnapshotNode& segment) {
    if (!segment.has("segment_pool_id"))
        return false;
    const std::vector<SnapshotNode> id = segment.at("segment_pool_id").list();
    return std::ranges::any_of(id, [](const SnapshotNode& part) { return part.integer() != 0; });
}

/// By device. The addresses of blocks follow from those of the segments; old files lack those of blocks.
std::map<std::int64_t, DeviceState> statesOf(const SnapshotNode& root, CallStacks& stacks) {
    std::map<std::int64_t, DeviceState> states;
    if (!root.has("segments"))
        return states;
    for (const SnapshotNode& segment : root.at("segments").list()) {
        const std::int64_t device = segment.has("device") ? segment.at("device").integer() : 0;
        if (device < 0)
            segment.reject(fmt::format("there is no device {}", device));
        DeviceState& state = states[device];
        state.reserved += segment.at("total_size").bytes();
        if (state.reserved > mostSnapshotBytes)
            segment.reject("the segments are larger than any device");
        state.hasPrivatePools = state.hasPrivatePools || isPrivatePool(segment);
        const std::int64_t stream = segment.has("stream") ? segment.at("stream").integer() : 0;
        std::int64_t address = segment.at("address").address();
        for (const SnapshotNode& block : segment.at("blocks").list()) {
            const std::int64_t size = block.at("size").bytes();
            if (block.at("state").text() != "inactive") {
                const bool hasRequest = block.has("requested_size") && block.at("requested_size").bytes() > 0;
                const std::int64_t bytes = hasRequest ? block.at("requested_size").bytes() : size;
                if (bytes > size)
                    block.reject("a block is smaller than what was requested");
                if (!state.live.try_emplace(address, LiveBlock{bytes, stream, stacks.of(block)}).second)
                    block.reject("two blocks have the same address");
            }
            if (size > std::numeric_limits<std::int64_t>::max() - address)
                block.reject("a block ends beyond all addresses");
            address += size;
        }
    }
    return states;
}

/// The blocks that were live before the first entry: those of the end without what the trace allocated, and
/// with what it freed.
LiveBlocks liveBefore(LiveBlocks live, const std::vector<TraceEntry>& entries, const SnapshotNode& trace) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->action == TraceEntry::Action::Allocate)
            live.erase(entry->address);
        else if (entry->action == TraceEntry::Action::Free &&
                 !live.try_emplace(entry->address, LiveBlock{entry->bytes, entry->stream}).second)
            trace.reject(fmt::format("entry {} frees a block that is used afterwards", entry->number));
    }
    return live;
}

/// Turns a trace into an allocation stream.
class TraceStream {
public:
    TraceStream(const SnapshotNode& trace, const std::vector<TraceEntry>& entries, const DeviceState& end)
        : trace_(trace) {
        for (const auto& [address, block] : liveBefore(end.live, entries, trace))
            allocate(address, block);
        recorded_.older = std::ssize(numbers_);
        recorded_.entries = std::ssize(trace.value->elements);
        recorded_.hasPrivatePools = end.hasPrivatePools;
        countReserved(entries, end.reserved);
        const auto last = std::ranges::find(entries.rbegin(), entries.rend(), TraceEntry::Action::Allocate,
                                            &TraceEntry::action);
        lastAllocation_ = last == entries.rend() ? 0 : last->number;
        for (const TraceEntry& entry : entries)
            add(entry);
        recorded_.streams = std::ssize(streams_);
    }

    RecordedMemory take() { return std::move(recorded_); }

private:
    void add(const TraceEntry& entry) {
        switch (entry.action) {
        case TraceEntry::Action::Allocate:
            if (numbers_.contains(entry.address))
                trace_.reject(fmt::format("entry {} allocates at an address that is in use", entry.number));
            allocate(entry.address, {entry.bytes, entry.stream, entry.stack});
            break;
        case TraceEntry::Action::Free:
            free(entry.address);
            break;
        case TraceEntry::Action::OutOfMemory:
            ++recorded_.outOfMemory;
            if (entry.number >= lastAllocation_)
                addFailed(entry);
            break;
        case TraceEntry::Action::Reserve:
        case TraceEntry::Action::GiveBack:
            break;
        }
    }

    /// Without it, a program that fails for lack of memory would seem to need no more than it got.
    void addFailed(const TraceEntry& entry) {
        constexpr std::int64_t noAddress = -1;
        allocate(noAddress, {entry.bytes, entry.stream, entry.stack});
        free(noAddress);
        recorded_.lastFailed = entry.bytes;
    }

    void allocate(std::int64_t address, const LiveBlock& block) {
        AllocationStream& stream = recorded_.stream;
        constexpr std::int64_t mostBlocks = std::numeric_limits<std::int32_t>::max();
        if (std::ssize(stream.blocks) == mostBlocks)
            trace_.reject("there are too many allocations");
        numbers_.emplace(address, static_cast<std::int32_t>(stream.blocks.size()));
        stream.events.push_back(static_cast<std::int32_t>(stream.blocks.size()));
        // An allocation of nothing takes next to nothing, and is freed as any other.
        const std::int64_t bytes = std::max<std::int64_t>(block.bytes, 1);
        stream.blocks.push_back({.bytes = bytes, .stream = streamOf(block)});
        recorded_.stackOf.push_back(block.stack);
        requested_ += bytes;
        recorded_.peakRequested = std::max(recorded_.peakRequested, requested_);
        if (requested_ > mostSnapshotBytes)
            trace_.reject("the live blocks are larger than any device");
    }

    void free(std::int64_t address) {
        const auto found = numbers_.find(address); // liveBefore() added each block that the trace frees
        requested_ -= recorded_.stream.blocks[static_cast<std::size_t>(found->second)].bytes;
        recorded_.stream.events.push_back(~found->second);
        numbers_.erase(found);
    }

    /// Streams are addresses in the file; here they are numbered.
    std::int32_t streamOf(const LiveBlock& block) {
        constexpr std::size_t mostStreams = 1000;
        const auto found = streams_.try_emplace(block.stream, static_cast<std::int32_t>(streams_.size()));
        if (streams_.size() > mostStreams)
            trace_.reject("there are more than 1,000 streams");
        return found.first->second;
    }

    /// The reserved memory as recorded, from its end back to its beginning.
    void countReserved(const std::vector<TraceEntry>& entries, std::int64_t reserved) {
        std::int64_t peak = reserved;
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            if (entry->action == TraceEntry::Action::Reserve)
                reserved -= entry->bytes;
            else if (entry->action == TraceEntry::Action::GiveBack)
                reserved += entry->bytes;
            if (reserved < 0 || reserved > mostSnapshotBytes)
                return; // the recording is incomplete
            peak = std::max(peak, reserved);
        }
        recorded_.peakReserved = peak;
    }

    const SnapshotNode& trace_;
    RecordedMemory recorded_;
    std::unordered_map<std::int64_t, std::int32_t> numbers_; ///< of live blocks, by address
    std::map<std::int64_t, std::int32_t> streams_;
    std::int64_t requested_ = 0;
    std::size_t lastAllocation_ = 0; ///< number of its entry
};

} // namespace

std::vector<RecordedMemory> readSnapshot(std::span<const std::byte> bytes, const std::string& where) {
    // About 25 instructions per entry of a trace, and 6 GB of memory at most.
    const Pickle pickle(bytes, where,
                        {.instructions = 40'000'000,
                         .content = "a memory snapshot of PyTorch",
                         .tooManyRemedy = fewerEvents});
    SnapshotFile file{where, std::ssize(bytes)};
    const SnapshotNode root{&pickle.root(), file, {}};
    CallStacks stacks;
    const std::map<std::int64_t, DeviceState> states = statesOf(root, stacks);
    std::vector<RecordedMemory> devices;
    if (root.has("device_traces")) {
        const std::vector<SnapshotNode> traces = root.at("device_traces").list();
        for (std::size_t i = 0; i < traces.size(); ++i) {
            const auto found = states.find(static_cast<std::int64_t>(i));
            const std::vector<TraceEntry> entries = entriesOf(traces[i], stacks);
            if (entries.empty())
                continue;
            devices.push_back(
                TraceStream(traces[i], entries, found == states.end() ? DeviceState{} : found->second)
                    .take());
            devices.back().device = static_cast<int>(i);
        }
    }
    const auto names = std::make_shared<const CallStacks::Names>(stacks.names());
    for (RecordedMemory& device : devices)
        device.stacks = names;
    if (devices.empty())
        throw Error(
            ErrorKind::Input, "the snapshot has no history of allocations", where,
            "Call torch.cuda.memory._record_memory_history() before the part of the program that is of "
            "interest, and torch.cuda.memory._dump_snapshot() after it.");
    return devices;
}

std::vector<RecordedMemory> readSnapshot(const std::string& path) {
    constexpr std::uint64_t mostFileBytes = std::uint64_t{2} << 30;
    InputFile file(path);
    if (file.size() > mostFileBytes)
        throw Error(ErrorKind::Input, "the file has more than 2 GiB", path, fewerEvents);
    std::vector<std::byte> bytes(file.size());
    file.read(bytes.data(), bytes.size());
    return readSnapshot(bytes, path);
}

} // namespace headroom
