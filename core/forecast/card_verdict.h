// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <functional>

namespace headroom {

/// What a program takes of a card, in bytes.
struct CardVerdict {
    std::int64_t totalLow = 0; ///< context + reserved + other programs
    std::int64_t total = 0;    ///< the same with the largest plausible context; determines the verdict
    Verdict verdict = Verdict::Fits;
};

/// The verdict of a program from its reserved peak with unlimited capacity. If that exceeds the card, the
/// program may still complete by releasing cached memory, which is tight.
/// @param others bytes that other programs use
/// @param completesWith whether the program completes with this capacity for its tensors; called only then
CardVerdict cardVerdict(const Card& card, std::int64_t others, std::int64_t peakReserved,
                        const std::function<bool(std::int64_t capacity)>& completesWith);

} // namespace headroom
