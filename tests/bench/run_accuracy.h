// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom::bench {

/// Compares forecasts with `headroom train` and `headroom separate` on fake cards, for random configurations:
/// the peaks of every phase, and whether a run completes with exactly the forecast minimum and runs out of
/// memory with 1 % less. Prints a line of JSON per configuration, then a summary.
/// @param settings number of configurations
/// @param separations number of configurations for which the separation is compared too
void compareRuns(std::uint64_t seed, std::uint64_t settings, std::uint64_t separations);

} // namespace headroom::bench
