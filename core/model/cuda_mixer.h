// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/kernels/cuda/scan.h"
#include "core/model/scan_side.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Implements mixTokens() with our CUDA kernels and LibTorch's matrix products, one side after the other.
/// The backward pass recomputes the activations that were not kept. Tensors on the CPU need a
/// KernelLauncher that runs there; on Meta, results and scratch memory are allocated as on a card, and costs
/// are reported.
struct CudaMixer {
    MixerShape shape;
    at::Tensor inProj;               ///< [sides * (2 D + 2 N + H), d], bfloat16, contiguous
    std::vector<at::Tensor> outProj; ///< by side: [D, d'], bfloat16
    std::vector<ScanSide> sides;     ///< tensors in float32, contiguous

    /// The activations of a side; undefined if not kept.
    struct Activations {
        at::Tensor projected; ///< z, x, B, C, dt and padding, [rows, length, 2 D + 2 N + H + padding]
        at::Tensor bc;        ///< B, C after convolution and silu, [rows, length, 2 N]
        at::Tensor dt;        ///< after softplus, [rows, length, H]
        CudaScanOutput scan;
    };
    struct Result {
        at::Tensor out;                ///< [rows, length, d']
        std::vector<Activations> kept; ///< by side, for backward()
    };

    /// @param x [rows, length, d], bfloat16, contiguous
    Result forward(const at::Tensor& x, Kept kept = Kept::Input) const;

    /// An uninitialized result of forward(), [rows, length, d'].
    at::Tensor result(const at::Tensor& x) const;

    /// @param kept by forward(); freed side by side. Empty: nothing was
    /// @param gradOut [rows, length, d'], contiguous
    /// @return the gradients of x, inProj, each of outProj, and ScanSide::tensors() of each side
    std::vector<at::Tensor> backward(const at::Tensor& x, std::vector<Activations> kept,
                                     const at::Tensor& gradOut) const;
};

/// Why CudaMixer does not support mixers of this shape, as a sentence without a period; absent if it does.
/// @param activations dtype of x
std::optional<std::string> cudaMixerProblem(const MixerShape& shape, at::ScalarType activations);

/// Whether the model should use our kernels on a card that can run them: RoFormers have none.
bool wantsKernels(const ModelConfig& model);

/// The dtype of activations on cards that have kernels.
at::ScalarType activationType(const RunConfig& config);

/// Why the scans of this configuration use LibTorch's operators on a card although model.kernels is auto, as
/// a sentence without a period; empty if they use our kernels, and on the CPU. Kernels may compute the parts
/// around such a scan (see hasPartKernels()).
std::string whyOperators(const RunConfig& config, c10::Device device);

} // namespace headroom
