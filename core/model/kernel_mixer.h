#pragma once

#include "core/model/gated_scan.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// mixTokens() by kernels for the CPU, a few rows at a time, rows shared among LibTorch's threads: what lies
/// between the projections is many times wider than the tokens, and never leaves the cache. On Meta both
/// functions allocate what they would there.
struct KernelMixer {
    MixerShape shape;
    at::Tensor inProj;               ///< [sides * (2 D + 2 N + H), d]
    std::vector<at::Tensor> outProj; ///< by side: [D, d']
    std::vector<ScanSide> sides;

    /// @param x [rows, length, d], contiguous
    /// @return [rows, length, d']
    at::Tensor forward(const at::Tensor& x) const;

    /// What forward() writes into: uninitialised, [rows, length, d'].
    at::Tensor result(const at::Tensor& x) const;

    /// @return the gradients by x, inProj, each of outProj, and each side's ScanSide::tensors()
    std::vector<at::Tensor> backward(const at::Tensor& x, const at::Tensor& gradOut) const;
};

} // namespace headroom
