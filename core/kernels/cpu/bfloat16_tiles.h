#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace headroom {

/// Whether this CPU multiplies bfloat16 tiles (AMX). One with bfloat16 dot products alone was measured to
/// multiply bfloat16 at half the speed of float32.
bool hasBfloat16Tiles();

/// Rounded to the nearest, ties to even.
void convert(const float* from, std::int64_t count, c10::BFloat16* to);
void convert(const c10::BFloat16* from, std::int64_t count, float* to);

} // namespace headroom
