// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace headroom {

/// True if this CPU multiplies bfloat16 tiles (AMX). bfloat16 dot products without AMX (AVX512_BF16) do not
/// count: with them, bfloat16 products ran at half the speed of float32.
bool hasBfloat16Tiles();

/// Convert `count` contiguous elements. Rounds to nearest, ties to even.
void convert(const float* from, std::int64_t count, c10::BFloat16* to);
void convert(const c10::BFloat16* from, std::int64_t count, float* to);

} // namespace headroom
