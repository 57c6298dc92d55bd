// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Queries, keys, values and gates by head, each contiguous; e = features per head.
struct AttentionHeads {
    at::Tensor q;    ///< [rows, heads, length, e]
    at::Tensor k;    ///< [rows, heads, length, e]
    at::Tensor v;    ///< [rows, heads, length, e]
    at::Tensor gate; ///< [rows, heads, length, 1]
};

/// Splits a projection into heads, and rotates neighboring pairs of features of q and k by their position.
/// Differentiable; keeps only the table.
/// @param projected [rows, length, 3 * heads * e + heads]: all of q, k and v, each by head, then the gates
/// @param table of positionTable() with rotary frequencies; undefined: no rotation
AttentionHeads splitHeads(const at::Tensor& projected, const at::Tensor& table, std::int64_t heads);

} // namespace headroom
