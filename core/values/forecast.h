#pragma once

#include "core/config/run_config.h"
#include "core/values/memory_part.h"
#include "core/values/step_cost.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a training step will take of a card, as plain values.
namespace headroom {

/// A card, or rather what of it decides on memory.
struct Card {
    std::string name = {};     ///< "RTX 4070"
    std::int64_t capacity = 0; ///< bytes of device memory
    int computeMajor = 0;      ///< compute capability
    int computeMinor = 0;
    int multiprocessors = 0;
    int threadsPerMultiprocessor = 0;
    /// What the CUDA context takes outside the allocator, bytes: the smallest and the largest that is
    /// plausible; equal where it was measured on this card.
    std::int64_t contextLow = 0;
    std::int64_t contextHigh = 0;
    bool contextMeasured = false;

    bool operator==(const Card&) const = default;
};

/// How PyTorch's caching allocator is set up.
struct AllocatorSettings {
    bool expandableSegments = false;
    std::int64_t maxSplitSize = 0; ///< bytes; 0: no limit

    bool operator==(const AllocatorSettings&) const = default;
};

/// How much of a forecast is worked out; each has what those before it have.
enum class ForecastDetail {
    Totals,   ///< for fit zones
    Timeline, ///< for graphs
    Whole,    ///< the smallest capacity, validation and separation too, which take as long again
};

struct ForecastRequest {
    std::uint64_t number = 0; ///< grows; an answer carries that of its request
    RunConfig config = {};
    Card card = {};
    std::int64_t others = 0; ///< bytes that other programs hold of the card
    AllocatorSettings allocator = {};
    ForecastDetail detail = ForecastDetail::Whole;
};

enum class Verdict {
    Fits,
    Tight, ///< fits, but less than max(0.5 GiB, 5 % of the card) stays free
    DoesNotFit,
};

/// "fits", "tight" or "does_not_fit".
const char* verdictName(Verdict verdict);

/// A stretch of the step that the timeline names along its top: "forward / L0".
struct TimelineSpan {
    std::string phase = {};  ///< "forward", "backward", "update"
    std::string module = {}; ///< "stft", "dual_path.3", "mask_estimator", "loss"
    std::int64_t begin = 0;  ///< allocation events, half open
    std::int64_t end = 0;
};

/// Memory after one allocation event.
struct TimelinePoint {
    std::int64_t event = 0;
    std::array<std::int64_t, memoryParts> parts = {}; ///< bytes; they add up to what is allocated
    std::int64_t reserved = 0;

    std::int64_t allocated() const;
};

/// Tensors of one owner and shape that are alive at the peak.
struct LargeTensor {
    std::string module = {}; ///< who asked: module path and operator, "dual_path.0.time / mm"
    std::string shape = {};  ///< "5 x 62 x 801 x 256 bf16", where known
    MemoryPart part = MemoryPart::Temporaries;
    std::int64_t bytes = 0; ///< of all of them together
    int count = 1;
    std::int64_t begin = 0; ///< event that made the first
    std::int64_t end = 0;   ///< event that freed the last
};

/// Seconds; without validation, and without waiting for songs.
struct StepTime {
    double seconds = 0; ///< of one step, with its share of the update
    double low = 0;     ///< interval that nine of ten are thought to lie in
    double high = 0;
    double epochSeconds = 0;
    double runSeconds = 0;
};

/// What validation, or separation, takes with the same model on the same device.
struct PassForecast {
    std::int64_t peakAllocated = 0;
    std::int64_t peakReserved = 0;
};

struct Forecast {
    std::uint64_t number = 0; ///< of its request

    std::int64_t peakAllocated = 0;
    std::int64_t peakReserved = 0;
    std::int64_t minimumCapacity = 0; ///< smallest that the allocator gets by with; 0: not searched for
    std::int64_t deviceTotalLow = 0;  ///< context, reserved and others
    std::int64_t deviceTotal = 0;     ///< the same with the largest plausible context: what the verdict is on
    std::array<std::int64_t, memoryParts> parts = {}; ///< at the peak; they add up to peakAllocated
    Verdict verdict = Verdict::Fits;

    PassForecast validation = {};
    PassForecast separation = {};

    std::int64_t events = 0;    ///< allocation events of the timeline's step
    std::int64_t peakEvent = 0; ///< where allocated is highest
    std::vector<TimelinePoint> timeline =
        {}; ///< of a steady step with update; thinned so that no peak is lost
    std::vector<TimelineSpan> spans = {};
    std::vector<LargeTensor> largest = {}; ///< at the peak, the largest first

    StepCost work = {};
    std::optional<StepTime> time = {}; ///< absent on cards of others, and before anything was timed here
    std::int64_t diskBytes = 0;        ///< of the whole run

    /// Measured peaks of this setting on this card, if any: how many, and (forecast - measured) / measured of
    /// the last.
    int measurements = 0;
    double lastError = 0;

    double elapsedMs = 0;
};

/// One way to make a setting fit, or to use what is left.
struct Fit {
    struct Change {
        std::string key = {};
        std::string before = {};
        std::string after = {};
    };
    RunConfig config = {};
    std::vector<Change> changes = {};
    Forecast forecast = {};
    double relativeStepTime = 1; ///< against the setting that was asked for, per effective batch
};

} // namespace headroom
