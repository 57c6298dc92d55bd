#pragma once

#include "core/session/events.h"

#include <cstdint>
#include <exception>

namespace headroom {

/// What a run that ended with this exception tells its user: our own errors with place and remedy; what other
/// libraries throw without their stack traces, and recognised where it means that memory ran out.
/// @param step the last step done
Failed failureOf(const std::exception_ptr& exception, std::int64_t step);

} // namespace headroom
