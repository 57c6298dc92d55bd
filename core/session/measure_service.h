#pragma once

#include "core/config/run_config.h"
#include "core/session/measured_step.h"
#include "core/support/error.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace headroom {

struct StepMeasured {
    std::uint64_t number = 0;
    MeasuredStep step = {};
};

/// Memory ran out, or no model can have this setting.
struct StepNotMeasured {
    std::uint64_t number = 0;
    Error error;
};

using MeasureAnswer = std::variant<StepMeasured, StepNotMeasured>;

/// Runs training steps on noise, for what they take of a device; nothing is written to disk. Calls return at
/// once, from any thread; answers come on the worker's thread. Destruction joins; no answer comes after it.
class MeasureService {
public:
    virtual ~MeasureService() = default;

    /// Three updates of this setting. Answers once, or never when cancelled.
    /// @param device "cpu", "cuda", "cuda:1"
    virtual void measure(std::uint64_t number, const RunConfig& config, const std::string& device,
                         std::function<void(const MeasureAnswer&)> answer) = 0;

    /// Ends it at the next phase of a step.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
