// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/product.h"
#include "core/model/gated_scan.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// Implements mixTokens() with our CPU kernels. Processes blocks of a few rows in parallel on LibTorch's
/// threads, so that the activations between the projections, many times wider than the tokens, stay in the
/// cache. On Meta both passes only allocate their results and report their cost.
struct CpuMixer {
    MixerShape shape;
    at::Tensor inProj;               ///< [sides * (2 D + 2 N + H), d]
    std::vector<at::Tensor> outProj; ///< by side: [D, d']
    std::vector<ScanSide> sides;
    ProductForm floatProducts = ProductForm::Blas; ///< of float32 tokens in forward()

    /// @param x [rows, length, d], contiguous
    /// @return [rows, length, d']
    at::Tensor forward(const at::Tensor& x) const;

    /// An uninitialized result of forward(), [rows, length, d'].
    at::Tensor result(const at::Tensor& x) const;

    /// @return the gradients of x, inProj, each of outProj, and ScanSide::tensors() of each side
    std::vector<at::Tensor> backward(const at::Tensor& x, const at::Tensor& gradOut) const;
};

} // namespace headroom
