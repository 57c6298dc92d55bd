// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/band_split_model.h"

#include "core/model/band_average.h"
#include "core/model/band_split.h"
#include "core/model/dual_path.h"
#include "core/model/initialization.h"
#include "core/model/layer_sequence.h"
#include "core/model/mask_estimator.h"
#include "core/model/meta_device.h"
#include "core/model/positions.h"
#include "core/model/roformer_layer.h"
#include "core/model/scan_form.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <ATen/record_function.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace headroom {
namespace {

/// RoFormers have no kernels on cards.
ScanForm formOn(at::Device device, const ModelShape& shape, Kernels kernels) {
    const ScanForm form = kernels == Kernels::Operators ? ScanForm::Operators : scanForm(device);
    return shape.isRoformer() && form != ScanForm::CpuKernels ? ScanForm::Operators : form;
}

std::string layerScope(std::int64_t layer) {
    return fmt::format("dual_path.{}", layer);
}

} // namespace

BandSplitModel::BandSplitModel(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed,
                               AdapterOptions adapters)
    : shape_(std::move(shape)), adapters_(std::move(adapters), device, master, seed), master_(master),
      activations_(master), stft_(shape_.nFft, shape_.hopLength, shape_.windowLength(),
                                  at::TensorOptions().device(device).dtype(master)) {
    validate(shape_);
    Initialization init(parameters_, device, master, seed, &adapters_);
    makeLayers(init);
    if (shape_.isRoformer())
        frequencies_ =
            (shape_.polarPositions ? polarFrequencies(shape_.headWidth) : rotaryFrequencies(shape_.headWidth))
                .to(device);
    if (shape_.kind != ModelKind::MelBandRoformer)
        finalGamma_ = init.constant("final_norm.gamma", {shape_.hiddenDim}, 1);
    bandSplit_ = std::make_unique<BandSplit>(shape_, "band_split.", init);
    if (!shape_.overlappingStarts.empty())
        bandAverage_ = std::make_unique<BandAverage>(shape_, device);
    for (std::int64_t stem = 0; stem < shape_.stems; ++stem) {
        maskEstimators_.push_back(std::make_unique<MaskEstimator>(
            shape_, fmt::format("mask_estimators.{}.", stem), finalGamma_, init));
    }
}

void BandSplitModel::makeLayers(Initialization& init) {
    PolarBiases biases;
    for (std::int64_t i = 0; i < shape_.numLayers; ++i) {
        const std::string prefix = fmt::format("layers.{}.", i);
        if (!shape_.isRoformer()) {
            layers_.push_back(std::make_unique<DualPathLayer>(shape_, prefix, init));
            continue;
        }
        if (shape_.polarPositions && i == 0)
            biases = makePolarBiases(shape_, prefix, init);
        layers_.push_back(std::make_unique<RoformerLayer>(shape_, prefix, biases, init));
    }
}

BandSplitModel::~BandSplitModel() = default;

void BandSplitModel::setPrecision(at::ScalarType activations) {
    TORCH_CHECK(activations == master_ || (activations == at::kBFloat16 && master_ == at::kFloat),
                "activations cannot be ", activations, " if the parameters are ", master_);
    activations_ = activations;
}

/// Without a backward pass all layers run in slices, which keep no activations.
RecomputePlan BandSplitModel::plan(bool needsGradients) const {
    return at::GradMode::is_enabled() && needsGradients ? recompute_
                                                        : RecomputePlan{.layers = shape_.numLayers};
}

at::Tensor BandSplitModel::forward(const at::Tensor& mixture) const {
    const at::Tensor mixtureSpectrogram = spectrogram(mixture);
    const at::Tensor features = dualPath(bandSplit(mixtureSpectrogram));
    std::vector<at::Tensor> stems;
    for (std::int64_t stem = 0; stem < shape_.stems; ++stem) {
        const at::Tensor estimate = masked(mixtureSpectrogram, features, stem);
        RECORD_USER_SCOPE("istft");
        stems.push_back(stft_.inverse(estimate, mixture.size(-1)));
    }
    return at::stack(stems, 1);
}

/// The spectrogram of a stem.
at::Tensor BandSplitModel::masked(const at::Tensor& mixture, const at::Tensor& features,
                                  std::int64_t stem) const {
    at::Tensor estimate = mixture * mask(features, stem);
    if (shape_.zeroDc)
        estimate.narrow(-1, 0, 1).zero_();
    return estimate;
}

at::Tensor BandSplitModel::spectrogram(const at::Tensor& mixture) const {
    RECORD_USER_SCOPE("stft");
    TORCH_CHECK(mixture.dim() == 3 && mixture.size(1) == shape_.channels, "expected a mixture [batch, ",
                shape_.channels, ", samples], not ", mixture.sizes());
    return stft_.forward(mixture);
}

at::Tensor BandSplitModel::bandSplit(const at::Tensor& spectrogram) const {
    RECORD_USER_SCOPE("band_split");
    const auto tokens = std::ssize(shape_.bands) * spectrogram.size(0) * spectrogram.size(2);
    const auto slices = plan(bandSplit_->isTrained()).slicesOutside(tokens);
    if (!shape_.normalizedStft)
        return bandSplit_->forward(at::view_as_real(spectrogram), activations_, slices);
    // The inverse transform multiplies by the same factor, so that only the tokens depend on it.
    const at::Tensor scaled = spectrogram * (1 / std::sqrt(static_cast<double>(shape_.nFft)));
    return bandSplit_->forward(at::view_as_real(scaled), activations_, slices);
}

/// What all layers have in common.
LayerRun BandSplitModel::commonRun(const at::Tensor& tokens) const {
    LayerRun run{.activations = activations_,
                 .offloadInput = recompute_.offload && !isCpu(tokens.device()), // which has no other memory
                 .kept = Kept::Input,
                 .form = formOn(tokens.device(), shape_, kernels_),
                 .timePositions = {},
                 .bandPositions = {},
                 .skip = {},
                 .attentionDropout = {},
                 .feedForwardDropout = {}};
    if (!shape_.isRoformer())
        return run;
    run.timePositions = positionTable(frequencies_, tokens.size(2), master_);
    run.bandPositions = positionTable(frequencies_, tokens.size(0), master_);
    if (dropoutSeed_ && at::GradMode::is_enabled()) {
        run.attentionDropout = {shape_.attentionDropout, *dropoutSeed_};
        run.feedForwardDropout = Dropout{shape_.feedForwardDropout, *dropoutSeed_}.part(0);
    }
    return run;
}

LayerRun BandSplitModel::runOf(std::int64_t layer, const LayerRun& common, const at::Tensor& input) const {
    LayerRun run = common;
    const bool needsGradients =
        input.requires_grad() || anyRequiresGradient(layers_[static_cast<std::size_t>(layer)]->parameters());
    const RecomputePlan recompute = plan(needsGradients);
    run.slices = recompute.slicesOfLayer(layer, input.size(0) * input.size(1) * input.size(2));
    run.kept = recompute.keptOfLayer(layer);
    run.attentionDropout = common.attentionDropout.part(static_cast<std::uint64_t>(layer));
    run.feedForwardDropout = common.feedForwardDropout.part(static_cast<std::uint64_t>(layer));
    return run;
}

at::Tensor BandSplitModel::dualPath(at::Tensor tokens) const {
    const LayerRun common = commonRun(tokens);
    if (shape_.skipConnection || shape_.polarPositions)
        return dualPathByLayer(std::move(tokens), common);
    const auto layer = [this](std::int64_t i) -> const Layer& {
        return *layers_[static_cast<std::size_t>(i)];
    };
    LayerSequence sequence{.scope = layerScope,
                           .forward =
                               [&](std::int64_t i, const at::Tensor& input) {
                                   if (layerObserver_)
                                       layerObserver_();
                                   return layer(i).forward(input, runOf(i, common, input));
                               },
                           .parameters = [&](std::int64_t i) { return layer(i).parameters(); }};
    const auto runRange = [&sequence](std::int64_t first, std::int64_t end, at::Tensor input) {
        sequence.first = first;
        sequence.end = end;
        return runLayers(sequence, std::move(input));
    };
    const std::vector<std::int64_t> starts = sequenceStarts();
    tokens = tokens.contiguous();
    for (std::size_t i = 0; i + 1 < starts.size(); ++i)
        tokens = runRange(starts[i], starts[i + 1], std::move(tokens));
    return tokens;
}

/// The first layers of all layer sequences, and the number of layers. A sequence requires layers with the
/// same operations: those that recompute form one, those that keep activations another, and the others a
/// third. The last layer that recomputes runs alone: its output gradient is a view, so its input gradient
/// cannot reuse that memory. The layers of a sequence train the same parameters.
std::vector<std::int64_t> BandSplitModel::sequenceStarts() const {
    const RecomputePlan recompute = plan(true);
    const std::int64_t recomputed = std::min(recompute.layers, shape_.numLayers);
    std::vector<std::int64_t> starts{0};
    std::vector<bool> before;
    for (std::int64_t i = 0; i < shape_.numLayers; ++i) {
        std::vector<bool> trained;
        for (const at::Tensor& parameter : layers_[static_cast<std::size_t>(i)]->parameters())
            trained.push_back(parameter.requires_grad());
        const bool recomputesOtherwise =
            recomputed < shape_.numLayers && (i == recomputed - 1 || i == recomputed);
        const bool keepsOtherwise = i > 0 && recompute.keptOfLayer(i) != recompute.keptOfLayer(i - 1);
        if (i > 0 && (trained != before || recomputesOtherwise || keepsOtherwise))
            starts.push_back(i);
        before = std::move(trained);
    }
    starts.push_back(shape_.numLayers);
    return starts;
}

/// Without layer sequences, in which each layer frees what it allocates. With skip connections a layer also
/// gets the sum of the outputs of all earlier ones, and these sums outlive it; with PoPE layers share a bias,
/// and so do the sums of its gradients.
at::Tensor BandSplitModel::dualPathByLayer(at::Tensor tokens, const LayerRun& common) const {
    tokens = tokens.contiguous();
    at::Tensor outputs;
    for (std::int64_t i = 0; i < shape_.numLayers; ++i) {
        if (layerObserver_)
            layerObserver_();
        const std::string scope = layerScope(i);
        RECORD_USER_SCOPE(scope);
        LayerRun run = runOf(i, common, tokens);
        run.skip = outputs;
        tokens = layers_[static_cast<std::size_t>(i)]->forward(tokens, run);
        if (shape_.skipConnection)
            outputs = outputs.defined() ? outputs + tokens : tokens;
    }
    return tokens;
}

at::Tensor BandSplitModel::mask(const at::Tensor& features, std::int64_t stem) const {
    RECORD_USER_SCOPE("mask_estimator");
    const auto tokens = features.size(0) * features.size(1) * features.size(2);
    const MaskEstimator& estimator = *maskEstimators_.at(static_cast<std::size_t>(stem));
    const bool needsGradients = features.requires_grad() || estimator.isTrained();
    const at::Tensor ofBands = estimator.forward(features, plan(needsGradients).slicesOutside(tokens),
                                                 formOn(features.device(), shape_, kernels_));
    return at::view_as_complex(bandAverage_ ? bandAverage_->forward(ofBands) : ofBands);
}

} // namespace headroom
