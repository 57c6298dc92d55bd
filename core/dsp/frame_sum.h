#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Sums windowed frames, each `hop` samples after the one before.
/// @param frames [rows, frames, width]
/// @param window [width], multiplied to every frame
/// @return [rows, hop * (frames - 1) + width]; not differentiable
at::Tensor sumFrames(const at::Tensor& frames, const at::Tensor& window, std::int64_t hop);

} // namespace headroom
