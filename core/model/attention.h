// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/attention_heads.h"
#include "core/model/dropout.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// Gated attention of every position to all positions of its row: sigmoid(gate) softmax(scale q k') v.
/// Computes the attention weights for a few heads at a time, and again in the backward pass: keeps only its
/// inputs. The weights have the dtype of the inputs, their sums and exponentials float32 or better.
/// @param heads q and k of equal width; that of v may be another
/// @param dropout of the attention weights
/// @return [rows, length, heads * width of v]
at::Tensor attend(const AttentionHeads& heads, double scale, const Dropout& dropout);

} // namespace headroom
