#pragma once

#include "core/session/listening_service.h"

#include <memory>

namespace headroom {

/// Reads, measures and draws on one core of this machine.
std::unique_ptr<ListeningService> makeListeningService();

} // namespace headroom
