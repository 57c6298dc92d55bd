#pragma once

#include "core/forecast/machine_speed.h"
#include "core/forecast/step_timing.h"
#include "core/values/forecast.h"

#include <functional>
#include <vector>

namespace headroom {

/// Times updates of small models on a device: the very products, copies and calls that training has. The
/// settings grow, and end where `budget` is spent and enough was seen to foretell others; a few seconds show
/// a CPU's speed, and a card's as far as it comes.
/// @param card what the forecast counts work for: that of `device`
/// @param budget seconds of `clock`
/// @param onProgress is told the share that is done; may be empty
std::vector<TimedCost> calibrate(const Card& card, c10::Device device, double budget,
                                 const SecondsClock& clock,
                                 const std::function<void(double share)>& onProgress = {});

} // namespace headroom
