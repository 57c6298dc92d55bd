// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <optional>

namespace headroom {

/// The peak rates of a card per second, as its vendor publishes them; not measured here.
struct CardRates {
    double bandwidth = 0;  ///< bytes to and from device memory
    double fp32 = 0;       ///< floating-point operations in float32, without tensor cores
    double bf16 = 0;       ///< the same for dense matrix products in bfloat16, summed in float32
    bool isLaptop = false; ///< the rates depend on the power limit of the laptop; these are the highest
};

/// The rates of a card of the table, or of a card of this machine that is one by name and number of
/// multiprocessors. Absent for the CPU and for all other cards. Any thread.
std::optional<CardRates> publishedRates(const Card& card);

} // namespace headroom
