// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/chosen_seed.h"

#include <fmt/format.h>

#include <cstdlib>
#include <random>

namespace headroom::test {

std::uint64_t chosenSeed() {
    const char* given = std::getenv("HEADROOM_SEED");
    const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
    fmt::print("HEADROOM_SEED={}\n", seed);
    return seed;
}

} // namespace headroom::test
