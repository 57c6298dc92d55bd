// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/scan_form.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// The training loss: lambdaTime * mean |e| + the sum over windows w of mean |STFT_w(e)|, where
/// e = estimate - target and |.| is the modulus of the complex STFT. The STFT has a periodic Hann window of w
/// samples, max(w, shortestTransform) points, hop stftHop, reflected edges and no normalization. It is
/// linear, so a single STFT of the error suffices. With TimeError::RootMeanSquare, the mean over all channels
/// of sqrt(mean e^2) replaces mean |e|. One thread at a time.
class SeparationLoss {
public:
    /// The shortestTransform of a BSMamba2. That of a RoFormer is its own n_fft.
    static constexpr std::int64_t usualTransform = 2048;

    /// @param options device and real dtype of the signals
    SeparationLoss(const LossConfig& config, const at::TensorOptions& options,
                   std::int64_t shortestTransform = usualTransform);

    /// Computes the gradient together with the value, a few frames at a time, and keeps only one tensor like
    /// `estimate` for the backward pass. Differentiable once, with respect to `estimate` only; the gradient
    /// of |0| is 0. Throws Error (Input) if there are too few samples.
    /// @param estimate, target [..., samples], with more samples than half the widest window
    /// @param form CudaKernels: by our kernels between the transforms if the signals are float32
    /// @return 0-dim
    at::Tensor operator()(const at::Tensor& estimate, const at::Tensor& target,
                          ScanForm form = ScanForm::Operators) const;

    struct Resolution {
        at::Tensor window; ///< [samples]
        std::int64_t nFft;
    };

private:
    LossConfig config_;
    std::vector<Resolution> resolutions_;
};

} // namespace headroom
