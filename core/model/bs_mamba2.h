#pragma once

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

/// BSMamba2 (arXiv 2508.14556): a mixture in, stems out. Parameters are made on `device` at once, under the
/// official names, with the official initial distributions. One thread at a time.
class BsMamba2 {
public:
    /// @param master dtype of the parameters: float32 (float64 to check the mathematics)
    BsMamba2(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed);
    ~BsMamba2();
    BsMamba2(const BsMamba2&) = delete;
    BsMamba2& operator=(const BsMamba2&) = delete;

    /// @param mixture [batch, channels, samples] in the master dtype, more than nFft / 2 samples
    /// @return [batch, stems, channels, samples] in the master dtype; differentiable where grad mode is on
    at::Tensor forward(const at::Tensor& mixture) const;

    /// dtype of activations and matrix products: the master's, or bfloat16. Norm statistics, the scan's
    /// states and decays, the STFT and the mask's multiplication keep the master's dtype.
    void setPrecision(at::ScalarType activations);
    /// What is run again in the backward pass. Where no gradient is wanted, slices are automatic.
    void setRecompute(const RecomputePlan& plan) { recompute_ = plan; }
    /// Called before each dual-path layer of a pass; what it throws ends the pass. Empty: nobody.
    void setLayerObserver(std::function<void()> observer) { layerObserver_ = std::move(observer); }

    ParameterSet& parameters() { return parameters_; }
    const ParameterSet& parameters() const { return parameters_; }
    const ModelShape& shape() const { return shape_; }

    // The stages of forward(), in order. A token is one band of one frame; d = hiddenDim.

    /// [batch, channels, samples] to complex [batch, channels, frames, bins].
    at::Tensor spectrogram(const at::Tensor& mixture) const;
    /// To tokens [bands, batch, frames, d].
    at::Tensor bandSplit(const at::Tensor& spectrogram) const;
    /// Through all dual-path layers, to features of the same shape.
    at::Tensor dualPath(const at::Tensor& tokens) const;
    /// Features, through the final norm, to the complex mask of a stem, [batch, channels, frames, bins].
    at::Tensor mask(const at::Tensor& features, std::int64_t stem) const;

private:
    RecomputePlan plan() const;

    ModelShape shape_;
    ParameterSet parameters_;
    at::ScalarType activations_;
    RecomputePlan recompute_;
    std::function<void()> layerObserver_;
    Stft stft_;
    std::unique_ptr<BandSplit> bandSplit_;
    std::vector<std::unique_ptr<DualPathLayer>> layers_;
    at::Tensor finalGamma_;
    std::vector<std::unique_ptr<MaskEstimator>> maskEstimators_;
};

} // namespace headroom
