// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/card_verdict.h"

namespace headroom {

CardVerdict cardVerdict(const Card& card, std::int64_t others, std::int64_t peakReserved,
                        const std::function<bool(std::int64_t capacity)>& completesWith) {
    CardVerdict use{card.contextLow + peakReserved + others, card.contextHigh + peakReserved + others,
                    Verdict::Fits};
    use.verdict = verdictOf(use.total, card.capacity);
    if (use.verdict == Verdict::DoesNotFit && completesWith(card.capacity - card.contextHigh - others))
        use.verdict = Verdict::Tight;
    return use;
}

} // namespace headroom
