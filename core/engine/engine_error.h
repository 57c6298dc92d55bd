// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <exception>
#include <string>

namespace headroom {

inline constexpr const char* moreMemoryRemedy = "Close other programs, or use a machine with more memory.";

/// Converts any exception to an Error: returns an Error unchanged, removes stack traces from messages of
/// LibTorch, and marks unexpected exceptions as internal errors.
/// @param memoryRemedy remedy for an out-of-memory error that has none
Error engineError(const std::exception_ptr& exception, const std::string& memoryRemedy = moreMemoryRemedy);

/// engineError() with the out-of-memory remedy for separation.
Error separationError(const std::exception_ptr& exception);

} // namespace headroom
