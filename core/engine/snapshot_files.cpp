// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/snapshot_files.h"

#include "core/allocator/replay.h"
#include "core/config/config_check.h"
#include "core/forecast/card_verdict.h"
#include "core/forecast/step_recording.h"
#include "core/forecast/thinned_timeline.h"
#include "core/model/allocator_settings.h"
#include "core/snapshot/snapshot_reader.h"
#include "core/snapshot/snapshot_writer.h"
#include "core/support/atomic_file.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/mib.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <ranges>

namespace headroom {
namespace {

constexpr std::int64_t unlimitedMemory = std::numeric_limits<std::int64_t>::max() / 4;

void requireCard(const Card& card) {
    if (card.computeMajor == 0)
        throw Error(ErrorKind::Input, "memory snapshots of PyTorch describe cards, not the CPU", card.name,
                    "Choose a card, such as --card \"RTX 4070\".");
}

/// The recording of a device; the longest one if none is named.
RecordedMemory recordingOf(const SnapshotReplayRequest& request) {
    std::vector<RecordedMemory> devices = readSnapshot(request.file);
    const auto found = request.device ? std::ranges::find(devices, *request.device, &RecordedMemory::device)
                                      : std::ranges::max_element(devices, {}, &RecordedMemory::entries);
    if (found == devices.end()) {
        std::string list;
        for (const RecordedMemory& each : devices)
            list += (list.empty() ? "" : ", ") + std::to_string(each.device);
        throw Error(ErrorKind::Input,
                    fmt::format("the snapshot has no history of device {}", *request.device), request.file,
                    fmt::format("It has one of device {}.", list));
    }
    return std::move(*found);
}

/// What users commonly set, the default first.
std::vector<AllocatorSettings> commonSettings(const Card& card) {
    std::vector<AllocatorSettings> settings = {{}};
    if (card.mapsMemory)
        settings.push_back({.expandableSegments = true});
    for (const std::int64_t size : {512 * mib, 128 * mib})
        settings.push_back({.maxSplitSize = size});
    return settings;
}

SettingsReplay replayWith(const AllocatorSettings& settings, const AllocationStream& stream,
                          const SnapshotReplayRequest& request) {
    const auto replayedWith = [&](std::int64_t capacity) {
        return replay(stream, {.capacity = capacity, .caching = true, .settings = settings});
    };
    const AllocatorStatistics unlimited = replayedWith(unlimitedMemory).statistics;
    const CardVerdict use =
        cardVerdict(request.card, request.others, unlimited.reservedPeak, [&](std::int64_t capacity) {
            return capacity >= unlimited.allocatedPeak && replayedWith(capacity).completed;
        });
    return {settings, unlimited.allocatedPeak, unlimited.reservedPeak, use.total, use.verdict};
}

std::optional<std::size_t> bestOf(const std::vector<SettingsReplay>& settings) {
    for (const Verdict verdict : {Verdict::Fits, Verdict::Tight}) {
        const auto found = std::ranges::find(settings, verdict, &SettingsReplay::verdict);
        if (found != settings.end())
            return static_cast<std::size_t>(found - settings.begin());
    }
    return std::nullopt;
}

std::vector<std::string> noticesOf(const RecordedMemory& recording) {
    std::vector<std::string> notices;
    if (recording.older > 0)
        notices.push_back(
            fmt::format("{} {} existed before the recording; how they were divided then is not in the file",
                        recording.older, recording.older == 1 ? "block" : "blocks"));
    if (recording.streams > 1)
        notices.push_back(
            fmt::format("the program allocates on {} streams; blocks that several streams share "
                        "are freed when the last one has finished",
                        recording.streams));
    if (recording.hasPrivatePools)
        notices.emplace_back(
            "the program has private pools (CUDA graphs), which the replay does not keep apart");
    if (recording.lastFailed > 0)
        notices.push_back(
            fmt::format("the recorded program ran out of memory when it asked for {}, and allocated nothing "
                        "more: the replay grants it that, but what it would have needed then is unknown",
                        formatBytes(static_cast<std::uint64_t>(recording.lastFailed))));
    else if (recording.outOfMemory > 0)
        notices.push_back(
            fmt::format("the recorded program ran out of memory {} {}; what it did then, such as "
                        "smaller batches, is part of the recording",
                        recording.outOfMemory, recording.outOfMemory == 1 ? "time" : "times"));
    return notices;
}

/// The lifetimes of all blocks, over the events of the recording.
StepTensors tensorsOf(const RecordedMemory& recording) {
    const AllocationStream& stream = recording.stream;
    const auto end = std::ssize(stream.events);
    StepTensors tensors{.owners = *recording.stacks, .hasParts = false};
    tensors.lives.resize(stream.blocks.size());
    for (std::size_t block = 0; block < stream.blocks.size(); ++block)
        tensors.lives[block] = {
            .owner = recording.stackOf[block], .bytes = stream.blocks[block].bytes, .end = end};
    for (std::int64_t event = 0; event < end; ++event) {
        const std::int32_t entry = stream.events[static_cast<std::size_t>(event)];
        if (entry < 0)
            tensors.lives[static_cast<std::size_t>(~entry)].end = event;
        else if (event >= recording.older)
            tensors.lives[static_cast<std::size_t>(entry)].begin = event;
    }
    return tensors;
}

void addTimeline(SnapshotReplay& result, const RecordedMemory& recording) {
    std::vector<TimelinePoint> points;
    points.reserve(recording.stream.events.size());
    replay(
        recording.stream, {.capacity = unlimitedMemory, .caching = true, .settings = result.shown().settings},
        [&](const ReplayState& state) {
            points.push_back(
                {.event = state.event, .parts = state.parts, .reserved = state.reserved, .free = state.free});
        });
    if (points.empty())
        return;
    constexpr std::size_t mostPoints = 1200;
    result.events = std::ssize(recording.stream.events);
    result.peakEvent = std::ranges::max_element(points, {}, &TimelinePoint::allocated)->event;
    result.timeline = thinned(points, mostPoints);
    result.tensors = tensorsOf(recording);
}

} // namespace

SnapshotFileInfo writeForecastSnapshot(const ForecastRequest& request, const std::string& path) {
    requireCard(request.card);
    checkConfig(request.config);
    const AllocationStream stream =
        beforeStage(recordSteps(request.config, request.card).stream, pausingStage);
    const WrittenSnapshot written =
        writeSnapshot(stream, request.allocator.value_or(allocatorSettings(request.card)), unlimitedMemory);
    writeFileAtomically(path, written.pickle);
    return {written.entries, written.peakReserved};
}

SnapshotReplay replaySnapshot(const SnapshotReplayRequest& request) {
    requireCard(request.card);
    const RecordedMemory recording = recordingOf(request);
    SnapshotReplay result{.device = recording.device,
                          .entries = recording.entries,
                          .older = recording.older,
                          .recordedRequested = recording.peakRequested,
                          .recordedReserved = recording.peakReserved,
                          .notices = noticesOf(recording)};
    const std::vector<AllocatorSettings> tried =
        request.allocator ? std::vector{*request.allocator} : commonSettings(request.card);
    for (const AllocatorSettings& settings : tried)
        result.settings.push_back(replayWith(settings, recording.stream, request));
    result.best = bestOf(result.settings);
    addTimeline(result, recording);
    return result;
}

} // namespace headroom
