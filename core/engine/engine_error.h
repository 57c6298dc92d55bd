#pragma once

#include "core/support/error.h"

#include <exception>
#include <string>

namespace headroom {

inline constexpr const char* moreMemoryRemedy = "Close other programs, or use a machine with more memory.";

/// Our own error for any exception: ours as it is; LibTorch's and others' without their stack traces, named
/// an internal error where it is none of the user's doing.
/// @param memoryRemedy what to do where memory ran out, unless the exception says it
Error engineError(const std::exception_ptr& exception, const std::string& memoryRemedy = moreMemoryRemedy);

/// The same where a model was separating.
Error separationError(const std::exception_ptr& exception);

} // namespace headroom
