// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <c10/core/Device.h>

#include <functional>

namespace headroom {

/// Returns the time of some clock in seconds.
using SecondsClock = std::function<double()>;

/// Times updates of a configuration on a fixed test signal: one for warm-up, then `times` timed ones. Leaves
/// LibTorch's global random generators unchanged.
/// @return seconds of the fastest update with all its steps
/// @throws Error (Input) if the configuration is invalid
double timeStep(const RunConfig& config, c10::Device device, int times, const SecondsClock& clock);

} // namespace headroom
