#pragma once

#include "core/support/error.h"

#include <exception>

namespace headroom {

/// Our own error for an exception that ended separation or evaluation: ours as it is, LibTorch's and others'
/// without their stack traces.
Error engineError(const std::exception_ptr& exception);

} // namespace headroom
