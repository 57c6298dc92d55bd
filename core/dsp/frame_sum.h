// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Overlap-add: sums windowed frames at a distance of `hop` samples. Not differentiable.
/// @param frames [rows, frames, width]
/// @param window [width], applied to every frame
/// @return [rows, hop * (frames - 1) + width]
at::Tensor sumFrames(const at::Tensor& frames, const at::Tensor& window, std::int64_t hop);

} // namespace headroom
