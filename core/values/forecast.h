// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/memory_part.h"
#include "core/values/run_phase.h"
#include "core/values/step_cost.h"
#include "core/values/step_time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The predicted memory and time of a training run on a card, as plain values.
namespace headroom {

/// The properties of a card that determine its memory use.
struct Card {
    std::string name = {};     ///< "RTX 4070"
    std::int64_t capacity = 0; ///< bytes of device memory
    int computeMajor = 0;      ///< compute capability
    int computeMinor = 0;
    int multiprocessors = 0;
    int threadsPerMultiprocessor = 0;
    bool mapsMemory = true; ///< its driver can map memory to reserved addresses, for expandable segments
    /// Bytes that the CUDA context takes outside the allocator: the smallest and the largest plausible value,
    /// equal if it was measured on this card.
    std::int64_t contextLow = 0;
    std::int64_t contextHigh = 0;
    bool contextMeasured = false;
    std::string device = {}; ///< "cpu", "cuda:1"; empty: not in this machine

    bool operator==(const Card&) const = default;
};

/// Configuration of PyTorch's caching allocator.
struct AllocatorSettings {
    bool expandableSegments = false;
    std::int64_t maxSplitSize = 0; ///< bytes; 0: no limit

    bool operator==(const AllocatorSettings&) const = default;
};

/// Level of detail of a forecast; each level includes the previous ones.
enum class ForecastDetail {
    Totals,   ///< peaks and verdict, for the fit zones of sliders
    Timeline, ///< with the timeline of a step, for graphs
    Whole,    ///< with minimum capacity and separation
};

struct ForecastRequest {
    std::uint64_t number = 0; ///< increasing; copied to the answer
    RunConfig config = {};
    Card card = {};
    std::int64_t others = 0;                         ///< bytes of the card that other programs use
    std::optional<AllocatorSettings> allocator = {}; ///< absent: those that this program uses on the card
    ForecastDetail detail = ForecastDetail::Whole;
    int ranks = 1; ///< of the run; the forecast is of one of them
};

enum class Verdict {
    Fits,
    Tight, ///< fits, but leaves less than max(0.5 GiB, 5 % of the card) free
    DoesNotFit,
};

/// "fits", "tight" or "does_not_fit".
const char* verdictName(Verdict verdict);

/// Verdict for a card of `capacity` bytes if exactly `total` bytes are needed.
Verdict verdictOf(std::int64_t total, std::int64_t capacity);

/// A labeled range of the timeline: "forward / L0".
struct TimelineSpan {
    std::string phase = {};  ///< "forward", "backward", "update"
    std::string module = {}; ///< "stft", "dual_path.3", "mask_estimator", "loss"
    std::int64_t begin = 0;  ///< first allocation event
    std::int64_t end = 0;    ///< one past the last
};

/// Memory that the allocator holds in its segments and that no tensor has. A request that is larger than each
/// of the free blocks needs another segment: the segments are fragmented.
struct FreeMemory {
    std::int64_t blocks = 0;
    std::int64_t largest = 0; ///< bytes

    bool operator==(const FreeMemory&) const = default;
};

/// Memory after one allocation event.
struct TimelinePoint {
    std::int64_t event = 0;
    std::array<std::int64_t, memoryParts> parts = {}; ///< bytes; their sum is the allocated memory
    std::int64_t reserved = 0;
    FreeMemory free = {}; ///< the rest of what is reserved

    std::int64_t allocated() const;
};

/// Tensors of one owner and shape that are live at the peak.
struct LargeTensor {
    std::string module = {}; ///< module path and operator: "dual_path.0.time / mm"
    std::string shape = {};  ///< "5 x 62 x 801 x 256 bf16"; empty if unknown
    MemoryPart part = MemoryPart::Temporaries;
    std::int64_t bytes = 0; ///< total of all of them
    int count = 1;
    std::int64_t begin = 0; ///< event that allocated the first
    std::int64_t end = 0;   ///< event that freed the last
};

/// All tensors that are live at any time of a step.
struct StepTensors {
    struct Life {
        std::int32_t owner = 0; ///< index in `owners`
        MemoryPart part = MemoryPart::Temporaries;
        std::int64_t bytes = 0; ///< as requested; allocators round up
        std::int64_t begin = 0; ///< event that allocated it; 0 also if it is older than the step
        std::int64_t end = 0;   ///< event that freed it; the number of events if it outlives the step

        bool isLive(std::int64_t event) const { return begin <= event && event < end; }
    };
    std::vector<Life> lives = {};
    /// Module path and operator: {"dual_path", "0", "time", "mm"}. Of another program the calls, outermost
    /// first.
    std::vector<std::vector<std::string>> owners = {};
    bool hasParts = true; ///< false: the purpose of memory is unknown
};

/// The highest memory of a phase of a run, in bytes.
struct PhaseForecast {
    std::int64_t peakAllocated = 0;
    std::int64_t peakReserved = 0;

    bool operator==(const PhaseForecast&) const = default;
};

/// The memory of a run from its beginning to the first step after a validation, for graphs. All its phases
/// have the same width, whatever number of events they have; `event` is a place along this axis.
struct RunTimeline {
    std::int64_t width = 0;                 ///< number of places
    std::int64_t peak = 0;                  ///< where allocated memory is highest
    std::vector<TimelinePoint> points = {}; ///< thinned without losing a peak
    /// Their phases are "start", "trial" (of a validation), "first_step", "next_step", "validation",
    /// "checkpoint" and "step_after"; their modules are the phases of a step, and otherwise empty.
    std::vector<TimelineSpan> spans = {};
};

struct Forecast {
    std::uint64_t number = 0; ///< copied from the request

    bool ofStep = false;            ///< a first answer: all peaks and the verdict are those of the steps
    std::int64_t peakAllocated = 0; ///< of the whole run, like the peaks and totals below
    std::int64_t peakReserved = 0;
    std::int64_t minimumCapacity = 0; ///< smallest capacity that suffices for tensors; 0: not computed
    std::int64_t deviceTotalLow = 0;  ///< context + reserved + other programs + NCCL + memory.reserve
    std::int64_t deviceTotal = 0;     ///< the same with the largest plausible context; determines the verdict
    std::array<std::int64_t, memoryParts> parts = {}; ///< at the peak; their sum is peakAllocated
    Verdict verdict = Verdict::Fits;

    std::array<PhaseForecast, runPhases> phases = {}; ///< by RunPhase
    PhaseForecast separation = {};                    ///< of songs with this model, without training
    const PhaseForecast& phase(RunPhase phase) const { return phases[static_cast<std::size_t>(phase)]; }
    /// The phase that reserves most; Step if others reserve as much.
    RunPhase peakPhase() const;

    std::int64_t events = 0;    ///< number of allocation events of the step in the timeline
    std::int64_t peakEvent = 0; ///< where allocated memory is highest in the step
    /// Of a steady-state step with an update; thinned without losing a peak.
    std::vector<TimelinePoint> timeline = {};
    std::vector<TimelineSpan> spans = {};
    std::vector<LargeTensor> largest = {}; ///< at the peak of the step, largest first
    StepTensors tensors = {};              ///< of that step
    RunTimeline run = {};                  ///< empty in a first answer, and without a timeline

    StepCost cost = {};
    std::optional<StepTime> time = {}; ///< absent without a measurement on devices without published rates
    std::int64_t diskBytes = 0;        ///< bytes on disk of the whole run

    /// Number of measured peaks of this configuration on this card, and (forecast - measured) / measured of
    /// the last.
    int measurements = 0;
    double lastError = 0;

    /// With several ranks: what NCCL keeps on a card outside of the allocator, estimated. In deviceTotalLow
    /// and deviceTotal.
    std::int64_t exchangeLow = 0;
    std::int64_t exchangeHigh = 0;

    std::int64_t reserve = 0; ///< memory.reserve of a card, bytes; in deviceTotalLow and deviceTotal

    /// What the run leaves on a card while it is paused, between two updates; 0 on the CPU.
    PhaseForecast paused = {};

    double elapsedMs = 0;
};

/// A change of the configuration that makes it fit or uses the remaining memory.
struct Fit {
    struct Change {
        std::string key = {};
        std::string before = {};
        std::string after = {};
    };
    RunConfig config = {};
    std::vector<Change> changes = {};
    Forecast forecast = {};
    /// Time of an update, relative to the requested configuration; of its operations if times are unknown.
    double relativeStepTime = 1;
};

} // namespace headroom
