// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/rank_device.h"

#include "core/support/error.h"

#include <fmt/format.h>

namespace headroom {

std::size_t rankCard(const std::vector<UsableCard>& cards, const RankPlace& place) {
    const auto number = static_cast<std::size_t>(place.localRank);
    if (number < cards.size())
        return number;
    std::string found;
    for (const UsableCard& card : cards)
        found += fmt::format("{}{} ({})", found.empty() ? "" : ", ", deviceName(card.device), card.card.name);
    throw Error(ErrorKind::Input,
                fmt::format("rank {} is number {} on this machine, counted from 0, but there {} only {} that "
                            "LibTorch can use: {}",
                            place.rank, place.localRank, cards.size() == 1 ? "is" : "are", cards.size(),
                            found),
                "--device",
                "Start at most as many ranks as cards. If the launcher shows each rank only its own card, "
                "use --device cuda:0.");
}

ComputeDevice rankDevice(const std::string& name, const RankPlace& place) {
    if (place.isAlone() || (name != "auto" && name != "cuda"))
        return computeDevice(name);
    const std::vector<UsableCard> cards = usableCards();
    if (cards.empty())
        return computeDevice(name);
    return computeDevice(deviceName(cards[rankCard(cards, place)].device));
}

} // namespace headroom
