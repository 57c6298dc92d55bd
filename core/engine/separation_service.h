#pragma once

#include "core/session/separation_service.h"

#include <memory>

namespace headroom {

/// Separates on this machine.
std::unique_ptr<SeparationService> makeSeparationService();

} // namespace headroom
