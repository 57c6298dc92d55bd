// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/compute_device.h"
#include "core/session/rank_place.h"

#include <cstddef>
#include <string>
#include <vector>

namespace headroom {

/// The device of a rank: as computeDevice(), but "auto" and "cuda" select the usable card with the number of
/// the rank on its machine. Throws Error (Input) with what was found if there are more ranks than cards.
ComputeDevice rankDevice(const std::string& name, const RankPlace& place);

/// The choice of rankDevice() among cards, apart from the machine: the number of the card.
/// @param cards all usable ones; at least one
std::size_t rankCard(const std::vector<UsableCard>& cards, const RankPlace& place);

} // namespace headroom
