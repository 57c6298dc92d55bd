// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Frequencies of rotary positions, on the CPU, [width / 2]: 10000^(-2 m / width), rounded to float32 as
/// published weights store them.
at::Tensor rotaryFrequencies(std::int64_t width);
/// Frequencies of polar positions, on the CPU, [width]: 10000^(-m / width), rounded to float32.
at::Tensor polarFrequencies(std::int64_t width);

/// Cosine and sine of position * frequency, computed in float64: [length, frequencies, 2], for positions
/// 0 ... length - 1.
/// @param frequencies on the device of the result
/// @param type of the result: float32 or float64
at::Tensor positionTable(const at::Tensor& frequencies, std::int64_t length, at::ScalarType type);

} // namespace headroom
