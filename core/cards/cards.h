// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <optional>
#include <string_view>
#include <vector>

namespace headroom {

/// The built-in table of common cards that LibTorch's CUDA 13 build supports: GeForce first, then workstation
/// and data center cards. Their context sizes are estimates. Any thread.
const std::vector<Card>& cardTable();

/// Finds a card of the table by its name as people ("4070", "rtx 3060"), nvidia-smi ("NVIDIA GeForce RTX 4070
/// Laptop GPU") or shops ("ASUS Dual RTX 4060 Ti OC 16G") write it. Ignores case, spaces and punctuation. A
/// given amount of memory must be that of the card. Absent if no card or more than one matches.
std::optional<Card> findCard(std::string_view name);

/// Sets the estimated size of a CUDA context with the kernels of a training step: a fixed part and a part per
/// multiprocessor.
void estimateContext(Card& card);

/// The CPU as a training device, with the memory of this machine: no context, compute capability 0.
Card cpuCard();

} // namespace headroom
