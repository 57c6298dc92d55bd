// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Out of memory, or no model can be built from this configuration.
struct StepNotProfiled {
    std::uint64_t number = 0;
    Error error;
};

using ProfileAnswer = std::variant<StepProfiled, StepNotProfiled>;

/// Profiles the memory of training steps on noise; writes nothing to disk. Thread-safe; calls return
/// immediately. Answers arrive on the worker thread. The destructor joins; no answer arrives after it.
class ProfileService {
public:
    virtual ~ProfileService() = default;

    /// Runs three updates with this configuration. Answers once, or not at all if canceled.
    /// @param device "cpu", "cuda", "cuda:1"
    virtual void measure(std::uint64_t number, const RunConfig& config, const std::string& device,
                         std::function<void(const ProfileAnswer&)> answer) = 0;

    /// Cancels at the next phase of a step.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
