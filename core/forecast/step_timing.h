#pragma once

#include "core/config/run_config.h"

#include <c10/core/Device.h>

#include <functional>

namespace headroom {

/// Seconds of some clock.
using SecondsClock = std::function<double()>;

/// Runs updates of this setting on noise: one that makes what lasts, then `times` that are timed. Other
/// threads' random numbers stay as they are.
/// @return the seconds of the fastest; all micro-batches together
/// @throws Error (Input) for a configuration that no model can have
double timeUpdate(const RunConfig& config, c10::Device device, int times, const SecondsClock& clock);

} // namespace headroom
