// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/bs_mamba2.h"

#include "core/model/band_split.h"
#include "core/model/dual_path.h"
#include "core/model/initialization.h"
#include "core/model/layer_sequence.h"
#include "core/model/mask_estimator.h"
#include "core/model/scan_form.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <ATen/record_function.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace headroom {

BsMamba2::BsMamba2(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed)
    : shape_(std::move(shape)), activations_(master),
      stft_(shape_.nFft, shape_.hopLength, shape_.nFft, at::TensorOptions().device(device).dtype(master)) {
    validate(shape_);
    Initialization init(parameters_, device, master, seed);
    for (std::int64_t i = 0; i < shape_.numLayers; ++i)
        layers_.push_back(std::make_unique<DualPathLayer>(shape_, fmt::format("layers.{}.", i), init));
    finalGamma_ = init.constant("final_norm.gamma", {shape_.hiddenDim}, 1);
    bandSplit_ = std::make_unique<BandSplit>(shape_, "band_split.", init);
    for (std::int64_t stem = 0; stem < shape_.stems; ++stem) {
        maskEstimators_.push_back(std::make_unique<MaskEstimator>(
            shape_, fmt::format("mask_estimators.{}.", stem), finalGamma_, init));
    }
}

BsMamba2::~BsMamba2() = default;

void BsMamba2::setPrecision(at::ScalarType activations) {
    const auto master = finalGamma_.scalar_type();
    TORCH_CHECK(activations == master || (activations == at::kBFloat16 && master == at::kFloat),
                "activations cannot be ", activations, " if the parameters are ", master);
    activations_ = activations;
}

RecomputePlan BsMamba2::plan() const {
    return at::GradMode::is_enabled() ? recompute_ : RecomputePlan{.layers = shape_.numLayers};
}

at::Tensor BsMamba2::forward(const at::Tensor& mixture) const {
    const at::Tensor mixtureSpectrogram = spectrogram(mixture);
    const at::Tensor features = dualPath(bandSplit(mixtureSpectrogram));
    std::vector<at::Tensor> stems;
    for (std::int64_t stem = 0; stem < shape_.stems; ++stem) {
        const at::Tensor masked = mixtureSpectrogram * mask(features, stem);
        RECORD_USER_SCOPE("istft");
        stems.push_back(stft_.inverse(masked, mixture.size(-1)));
    }
    return at::stack(stems, 1);
}

at::Tensor BsMamba2::spectrogram(const at::Tensor& mixture) const {
    RECORD_USER_SCOPE("stft");
    TORCH_CHECK(mixture.dim() == 3 && mixture.size(1) == shape_.channels, "expected a mixture [batch, ",
                shape_.channels, ", samples], not ", mixture.sizes());
    return stft_.forward(mixture);
}

at::Tensor BsMamba2::bandSplit(const at::Tensor& spectrogram) const {
    RECORD_USER_SCOPE("band_split");
    const auto tokens = std::ssize(shape_.bands) * spectrogram.size(0) * spectrogram.size(2);
    return bandSplit_->forward(at::view_as_real(spectrogram), activations_, plan().slicesOutside(tokens));
}

at::Tensor BsMamba2::dualPath(const at::Tensor& tokens) const {
    const auto layer = [this](std::int64_t i) -> const DualPathLayer& {
        return *layers_[static_cast<std::size_t>(i)];
    };
    const ScanForm mixers = kernels_ == Kernels::Operators ? ScanForm::Operators : scanForm(tokens.device());
    LayerSequence sequence{.scope = [](std::int64_t i) { return fmt::format("dual_path.{}", i); },
                           .forward =
                               [&, mixers, plan = plan()](std::int64_t i, const at::Tensor& input) {
                                   if (layerObserver_)
                                       layerObserver_();
                                   const auto count = input.size(0) * input.size(1) * input.size(2);
                                   return layer(i).forward(input, activations_, plan.slicesOfLayer(i, count),
                                                           plan.offload, mixers);
                               },
                           .parameters = [&](std::int64_t i) { return layer(i).parameters(); }};
    const auto runRange = [&sequence](std::int64_t first, std::int64_t end, at::Tensor input) {
        sequence.first = first;
        sequence.end = end;
        return runLayers(sequence, std::move(input));
    };
    // A layer sequence requires layers with the same operations: those that recompute form one, the others
    // form another. The last layer that recomputes runs alone: its output gradient is a view, so its input
    // gradient cannot reuse that memory.
    const auto recomputed = std::min(plan().layers, shape_.numLayers);
    const auto uniform =
        recomputed < shape_.numLayers ? std::max<std::int64_t>(recomputed - 1, 0) : recomputed;
    at::Tensor result = runRange(0, uniform, tokens.contiguous());
    result = runRange(uniform, recomputed, std::move(result));
    return runRange(recomputed, shape_.numLayers, std::move(result));
}

at::Tensor BsMamba2::mask(const at::Tensor& features, std::int64_t stem) const {
    RECORD_USER_SCOPE("mask_estimator");
    const auto tokens = features.size(0) * features.size(1) * features.size(2);
    return at::view_as_complex(
        maskEstimators_.at(static_cast<std::size_t>(stem))->forward(features, plan().slicesOutside(tokens)));
}

} // namespace headroom
