// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/forecast/machine_speed.h"
#include "core/forecast/step_timing.h"
#include "core/values/forecast.h"

#include <functional>
#include <vector>

namespace headroom {

/// Calibrates a device: times training steps of models of increasing size. Stops when `budget` is spent and
/// MachineSpeed::minimumSamples were timed, or at the first model that does not fit. A few seconds suffice
/// for a CPU.
/// @param card the card of `device`, for which costs are counted
/// @param budget in seconds of `clock`
/// @param onProgress receives the completed share, 0 to 1; may be empty
std::vector<TimedCost> calibrate(const Card& card, c10::Device device, double budget,
                                 const SecondsClock& clock,
                                 const std::function<void(double share)>& onProgress = {});

} // namespace headroom
