// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/events.h"

#include <cstdint>
#include <exception>
#include <string>

namespace headroom {

/// The event for a run that ended with this exception. Keeps place and remedy of Headroom's errors; removes
/// the stack traces of other libraries' exceptions and recognizes those that mean out of memory.
/// @param step the last completed step
Failed failureOf(const std::exception_ptr& exception, std::int64_t step);

/// Whether the exception means out of memory on the host or a device. Checks the messages of LibTorch and
/// CUDA, since their exception types are not available here.
bool meansOutOfMemory(const std::exception& exception);

/// The message of an exception without the stack trace that LibTorch appends.
std::string plainMessage(const std::exception& exception);

} // namespace headroom
