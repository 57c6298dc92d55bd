// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/dsp/stft.h"
#include "core/model/adapters.h"
#include "core/model/layer.h"
#include "core/model/model_shape.h"
#include "core/model/parameters.h"
#include "core/model/recompute_plan.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace headroom {

class BandAverage;
class BandSplit;
class Initialization;
class MaskEstimator;

/// Separates a mixture into stems: band split, dual-path layers, and a mask per stem. BSMamba2 (arXiv
/// 2508.14556), BS-RoFormer (arXiv 2309.02612) or Mel-Band RoFormer (arXiv 2310.01809), which differ in
/// layers, bands and norms. The constructor creates the parameters on `device`, with the names and initial
/// distributions of the published code. One thread at a time.
class BandSplitModel {
public:
    /// @param master dtype of the parameters: float32, or float64 in tests
    /// @param adapters those of the linear layers in the dual-path layers and in the mask estimators
    BandSplitModel(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed,
                   AdapterOptions adapters = {});
    ~BandSplitModel();
    BandSplitModel(const BandSplitModel&) = delete;
    BandSplitModel& operator=(const BandSplitModel&) = delete;

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
    /// Sets the seed of the dropout, if the model has one; null: no dropout. Without grad mode there is none.
    void setDropoutSeed(std::optional<std::uint64_t> seed) { dropoutSeed_ = seed; }
    /// Sets a function that forward() calls before each dual-path layer. Exceptions propagate. May be empty.
    void setLayerObserver(std::function<void()> observer) { layerObserver_ = std::move(observer); }

    /// The parameters of the published model, without adapters.
    ParameterSet& parameters() { return parameters_; }
    const ParameterSet& parameters() const { return parameters_; }
    ParameterSet& adapters() { return adapters_.parameters(); }
    const ParameterSet& adapters() const { return adapters_.parameters(); }
    const ModelShape& shape() const { return shape_; }

    // The stages of forward(), in order. A token is one band of one frame; d = hiddenDim.

    /// From [batch, channels, samples] to complex [batch, channels, frames, bins].
    at::Tensor spectrogram(const at::Tensor& mixture) const;
    /// To tokens [bands, batch, frames, d].
    at::Tensor bandSplit(const at::Tensor& spectrogram) const;
    /// Runs all dual-path layers; returns features of the same shape. Frees the tokens early if they are
    /// moved here.
    at::Tensor dualPath(at::Tensor tokens) const;
    /// Final norm, if any, and mask estimator; returns the complex mask of a stem, [batch, channels, frames,
    /// bins].
    at::Tensor mask(const at::Tensor& features, std::int64_t stem) const;

private:
    void makeLayers(Initialization& init);
    RecomputePlan plan(bool needsGradients) const;
    std::vector<std::int64_t> sequenceStarts() const;
    LayerRun commonRun(const at::Tensor& tokens) const;
    LayerRun runOf(std::int64_t layer, const LayerRun& common, const at::Tensor& input) const;
    at::Tensor dualPathByLayer(at::Tensor tokens, const LayerRun& common) const;
    at::Tensor masked(const at::Tensor& mixture, const at::Tensor& features, std::int64_t stem) const;

    ModelShape shape_;
    ParameterSet parameters_;
    Adapters adapters_;
    at::ScalarType master_;
    at::ScalarType activations_;
    RecomputePlan recompute_;
    Kernels kernels_ = Kernels::Auto;
    std::optional<std::uint64_t> dropoutSeed_;
    std::function<void()> layerObserver_;
    Stft stft_;
    std::unique_ptr<BandSplit> bandSplit_;
    at::Tensor frequencies_; ///< of positions; undefined in a BSMamba2
    std::vector<std::unique_ptr<Layer>> layers_;
    at::Tensor finalGamma_;                    ///< undefined in a Mel-Band RoFormer
    std::unique_ptr<BandAverage> bandAverage_; ///< null unless bands overlap
    std::vector<std::unique_ptr<MaskEstimator>> maskEstimators_;
};

} // namespace headroom
