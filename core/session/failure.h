#pragma once

#include "core/values/events.h"

#include <cstdint>
#include <exception>
#include <string>

namespace headroom {

/// What a run that ended with this exception tells its user: our own errors with place and remedy; what other
/// libraries throw without their stack traces, and recognised where it means that memory ran out.
/// @param step the last step done
Failed failureOf(const std::exception_ptr& exception, std::int64_t step);

/// Whether this means that memory ran out: that of the machine, or of a device as LibTorch and CUDA say it,
/// whose types are not known here.
bool meansOutOfMemory(const std::exception& exception);

/// The message of another library's exception without the frames of the stack that it appends.
std::string plainMessage(const std::exception& exception);

} // namespace headroom
