// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

/// Functions of tokens between the products of a transformer, in float32. Tokens are contiguous rows.
namespace headroom {

/// Scales each of `rows` rows to 2-norm sqrt(width): x / max(|x|, 1e-12) * sqrt(width).
/// @param gain [width], or null for none
void normalizeTokens(const float* x, const float* gain, std::int64_t rows, std::int64_t width, float* out);

/// x = gelu(x + bias) for each row.
void addBiasAndGelu(const float* bias, std::int64_t rows, std::int64_t width, float* x);

/// x += y + bias for each row.
/// @param bias [width], or null for none
void addToTokens(const float* y, const float* bias, std::int64_t rows, std::int64_t width, float* x);

/// x = sigmoid(x + bias) for each row.
void addBiasAndOpen(const float* bias, std::int64_t rows, std::int64_t width, float* x);

} // namespace headroom
