#pragma once

#include "core/model/gated_scan.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// One side of a gated scan by the kernels for the CPU, rows shared among LibTorch's threads. On Meta both
/// functions allocate what they would there.
/// @param projected [rows, length, sides * (2 D + 2 N + H)], contiguous: see gatedScan
/// @param index which of the sides
/// @return [rows, length, D]
at::Tensor kernelScanForward(const at::Tensor& projected, const MixerShape& shape,
                             const std::vector<ScanSide>& sides, std::size_t index);

/// Overwrites the side's part of gradProjected, which is like `projected`.
/// @return the gradients in the order of ScanSide::tensors()
std::vector<at::Tensor> kernelScanBackward(const at::Tensor& projected, const at::Tensor& gradOut,
                                           const MixerShape& shape, const std::vector<ScanSide>& sides,
                                           std::size_t index, const at::Tensor& gradProjected);

} // namespace headroom
