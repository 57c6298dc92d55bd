#pragma once

#include "core/config/run_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// What training minimises: lambdaTime * mean |e| + the sum over windows w of mean |STFT_w(e)|, e being
/// estimate - target, the modulus that of the complex STFT; periodic Hann window, reflected edges, not
/// normalised, max(w, 2048) points, stftHop. The STFT is linear, so one of the error does for both. With
/// TimeError::RootMeanSquare, instead of mean |e| the mean over all channels of sqrt(mean e^2).
/// One thread at a time.
class SeparationLoss {
public:
    /// @param options device and real dtype of the signals
    SeparationLoss(const LossConfig& config, const at::TensorOptions& options);

    /// Its gradient is computed along with the value, a few frames at a time, so that nothing but one tensor
    /// like `estimate` is kept for the backward pass. Differentiable once, in `estimate` alone; where the
    /// modulus is 0 its gradient is 0.
    /// @param estimate, target [..., samples], samples more than half the widest window
    /// @return 0-dim
    at::Tensor operator()(const at::Tensor& estimate, const at::Tensor& target) const;

    struct Resolution {
        at::Tensor window; ///< [samples]
        std::int64_t nFft;
    };

private:
    LossConfig config_;
    std::vector<Resolution> resolutions_;
};

} // namespace headroom
