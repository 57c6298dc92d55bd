#pragma once

#include "core/config/run_config.h"
#include "core/support/error.h"
#include "core/values/step_profile.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace headroom {

struct StepProfiled {
    std::uint64_t number = 0;
    StepProfile step = {};
};

/// Memory ran out, or no model can have this setting.
struct StepNotProfiled {
    std::uint64_t number = 0;
    Error error;
};

using ProfileAnswer = std::variant<StepProfiled, StepNotProfiled>;

/// Runs training steps on noise, for what they take of a device; nothing is written to disk. Calls return at
/// once, from any thread; answers come on the worker's thread. Destruction joins; no answer comes after it.
class ProfileService {
public:
    virtual ~ProfileService() = default;

    /// Three updates of this setting. Answers once, or never when cancelled.
    /// @param device "cpu", "cuda", "cuda:1"
    virtual void measure(std::uint64_t number, const RunConfig& config, const std::string& device,
                         std::function<void(const ProfileAnswer&)> answer) = 0;

    /// Ends it at the next phase of a step.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
