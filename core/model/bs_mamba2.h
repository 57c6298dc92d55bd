// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/dsp/stft.h"
#include "core/model/model_shape.h"
#include "core/model/parameters.h"
#include "core/model/recompute_plan.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace headroom {

class BandSplit;
class DualPathLayer;
class MaskEstimator;

/// BSMamba2 (arXiv 2508.14556): separates a mixture into stems. The constructor creates the parameters on
/// `device`, with the names and initial distributions of the official code. One thread at a time.
class BsMamba2 {
public:
    /// @param master dtype of the parameters: float32, or float64 in tests
    BsMamba2(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed);
    ~BsMamba2();
    BsMamba2(const BsMamba2&) = delete;
    BsMamba2& operator=(const BsMamba2&) = delete;

    /// @param mixture [batch, channels, samples] in the master dtype, more than nFft / 2 samples
    /// @return [batch, stems, channels, samples] in the master dtype; differentiable if grad mode is enabled
    at::Tensor forward(const at::Tensor& mixture) const;

    /// Sets the dtype of activations and matrix products: the master dtype or bfloat16. Norm statistics,
    /// states and decays of the scan, the STFT and the product with the mask stay in the master dtype.
    void setPrecision(at::ScalarType activations);
    /// Sets what the backward pass recomputes. Without grad mode the number of slices is automatic.
    void setRecompute(const RecomputePlan& plan) { recompute_ = plan; }
    /// Sets what computes the mixers, from the next forward pass on.
    void setKernels(Kernels kernels) { kernels_ = kernels; }
    /// Sets a function that forward() calls before each dual-path layer. Exceptions propagate. May be empty.
    void setLayerObserver(std::function<void()> observer) { layerObserver_ = std::move(observer); }

    ParameterSet& parameters() { return parameters_; }
    const ParameterSet& parameters() const { return parameters_; }
    const ModelShape& shape() const { return shape_; }

    // The stages of forward(), in order. A token is one band of one frame; d = hiddenDim.

    /// From [batch, channels, samples] to complex [batch, channels, frames, bins].
    at::Tensor spectrogram(const at::Tensor& mixture) const;
    /// To tokens [bands, batch, frames, d].
    at::Tensor bandSplit(const at::Tensor& spectrogram) const;
    /// Runs all dual-path layers; returns features of the same shape.
    at::Tensor dualPath(const at::Tensor& tokens) const;
    /// Final norm and mask estimator; returns the complex mask of a stem, [batch, channels, frames, bins].
    at::Tensor mask(const at::Tensor& features, std::int64_t stem) const;

private:
    RecomputePlan plan() const;

    ModelShape shape_;
    ParameterSet parameters_;
    at::ScalarType activations_;
    RecomputePlan recompute_;
    Kernels kernels_ = Kernels::Auto;
    std::function<void()> layerObserver_;
    Stft stft_;
    std::unique_ptr<BandSplit> bandSplit_;
    std::vector<std::unique_ptr<DualPathLayer>> layers_;
    at::Tensor finalGamma_;
    std::vector<std::unique_ptr<MaskEstimator>> maskEstimators_;
};

} // namespace headroom
