#pragma once

#include "core/session/measure_service.h"

#include <memory>

namespace headroom {

/// Measures on this machine, on a thread of its own with a lower priority than the rest of the program.
std::unique_ptr<MeasureService> makeMeasureService();

} // namespace headroom
