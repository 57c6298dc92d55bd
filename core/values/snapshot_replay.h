// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Whether a program whose memory PyTorch recorded would fit a card, as plain values.
namespace headroom {

struct SnapshotReplayRequest {
    std::string file; ///< of torch.cuda.memory._dump_snapshot()
    Card card = {};
    std::int64_t others = 0;                         ///< bytes of the card that other programs use
    std::optional<int> device = {};                  ///< absent: the one with the longest trace
    std::optional<AllocatorSettings> allocator = {}; ///< absent: several are tried
};

/// The program with one configuration of the allocator.
struct SettingsReplay {
    AllocatorSettings settings = {};
    std::int64_t peakAllocated = 0; ///< bytes, with unlimited memory, as the following
    std::int64_t peakReserved = 0;
    std::int64_t deviceTotal = 0; ///< with the largest plausible context, and other programs
    Verdict verdict = Verdict::DoesNotFit;
};

struct SnapshotReplay {
    int device = 0;                            ///< of the recording
    std::int64_t entries = 0;                  ///< of its trace
    std::int64_t older = 0;                    ///< blocks that existed before the recording
    std::int64_t recordedRequested = 0;        ///< highest sum of requested bytes, in the recording
    std::int64_t recordedReserved = 0;         ///< highest reserved bytes, in the recording; 0: unknown
    std::vector<std::string> notices = {};     ///< what the replay cannot know
    std::vector<SettingsReplay> settings = {}; ///< in the order in which they were tried
    std::optional<std::size_t> best = {};      ///< the first one that fits, or else is tight; absent if none

    // For graphs, with the best settings, or the first ones if the program does not fit. What purpose memory
    // has is not in such files: all of it counts as MemoryPart::Temporaries.
    std::int64_t events = 0;                  ///< allocations and frees
    std::int64_t peakEvent = 0;               ///< where allocated memory is highest
    std::vector<TimelinePoint> timeline = {}; ///< thinned without losing a peak
    StepTensors tensors = {};                 ///< by the calls that allocated them

    /// The settings of the timeline.
    const SettingsReplay& shown() const { return settings.at(best.value_or(0)); }
};

/// The contents of a memory snapshot that was written from a forecast.
struct SnapshotFileInfo {
    std::int64_t entries = 0;
    std::int64_t peakReserved = 0; ///< bytes, of what is in the file
};

/// The value of PYTORCH_ALLOC_CONF that has these settings: "expandable_segments:True"; empty: the default.
std::string allocatorConfText(const AllocatorSettings& settings);

} // namespace headroom
