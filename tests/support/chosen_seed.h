// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom::test {

/// HEADROOM_SEED if it is set, else a random number. Prints the seed.
std::uint64_t chosenSeed();

} // namespace headroom::test
