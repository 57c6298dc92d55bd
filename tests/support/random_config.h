// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom::test {

/// A configuration with a random allowed value of every option. Options may contradict each other.
RunConfig randomConfig(std::uint64_t seed);

} // namespace headroom::test
