#pragma once

#include "core/values/forecast.h"

#include <optional>
#include <string_view>
#include <vector>

namespace headroom {

/// The cards that people own and that LibTorch's build for CUDA 13 has kernels for, GeForce first, then those
/// of workstations and data centres; their contexts are estimates. Any thread.
const std::vector<Card>& cardTable();

/// The card of this name, written as in the table or in part ("4070", "rtx 3060"); absent where none or
/// several have it.
std::optional<Card> findCard(std::string_view name);

/// What a CUDA context with the kernels of a training step takes of a card, from what is known of others: a
/// part for the driver, a part for each multiprocessor.
void estimateContext(Card& card);

/// This machine's memory as the device of a training on the CPU: no context, no compute capability.
Card cpuCard();

} // namespace headroom
