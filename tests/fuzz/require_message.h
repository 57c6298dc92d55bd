// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <cstdlib>

namespace headroom::fuzz {

/// Aborts unless the error blames the input and says what is wrong.
inline void requireMessage(const Error& error) {
    if (error.kind() != ErrorKind::Input || error.message().empty())
        std::abort();
}

} // namespace headroom::fuzz
