// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/allocation_stream.h"
#include "core/config/run_config.h"
#include "core/values/forecast.h"

namespace headroom::bench {

/// Records the steps of a BS-RoFormer that is written as its formulas are, one operator after the other, and
/// leaves to autograd what to keep: with float16 autocast, attention weights in memory, and Adam. Other
/// programs train it this way. The model has the parameters, sizes and loss of `config`, which must leave the
/// depths of the transformers at 1, and one stem.
AllocationStream recordWrittenOutSteps(const RunConfig& config, const Card& card);

} // namespace headroom::bench
