// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/dsp/stft.h"
#include "core/model/band_split_model.h"
#include "tests/support/golden_comparison.h"

#include <memory>

namespace headroom::test {

/// The sizes that only a RoFormer has.
inline void setRoformerShape(ModelShape& shape, const nlohmann::json& config) {
    const bool isMel = config.contains("num_bands");
    shape.kind = isMel ? ModelKind::MelBandRoformer : ModelKind::BsRoformer;
    shape.attentionHeads = config["heads"];
    shape.headWidth = config["dim_head"];
    shape.timeDepth = config["time_transformer_depth"];
    shape.bandDepth = config["freq_transformer_depth"];
    shape.linearDepth = config.value("linear_transformer_depth", 0);
    shape.polarPositions = config.value("use_pope", false);
    shape.skipConnection = config.value("skip_connection", false);
    shape.window = config.value("stft_win_length", 0);
    shape.normalizedStft = config.value("stft_normalized", false);
    shape.zeroDc = config.value("zero_dc", true);
    // The official Mel-Band RoFormer counts hidden layers, the BS-RoFormer all.
    shape.maskLayers = config["mask_estimator_depth"].get<int>() + (isMel ? 1 : 0);
    shape.maskExpansion = config.value("mlp_expansion_factor", 4);
    if (isMel)
        setMelBands(shape, config["num_bands"], config["sample_rate"]);
}

/// The model shape of a whole-model case.
inline ModelShape goldenShape(const nlohmann::json& config) {
    ModelShape shape;
    shape.hiddenDim = config["dim"];
    shape.numLayers = config["depth"];
    shape.stems = config.value("num_stems", 1);
    shape.channels = config["stereo"].get<bool>() ? 2 : 1;
    shape.nFft = config["stft_n_fft"];
    shape.hopLength = config["stft_hop_length"];
    if (config.contains("freqs_per_bands"))
        shape.bands = config["freqs_per_bands"].get<std::vector<std::int64_t>>();
    if (config.contains("heads")) {
        setRoformerShape(shape, config);
        return shape;
    }
    shape.dState = config["d_state"];
    shape.dConv = config["d_conv"];
    shape.expand = config["expand"];
    shape.headdim = config["headdim"];
    return shape;
}

/// The stored parameters of a case. Frequencies of positions are no parameters.
inline TensorMap goldenParameters(const GoldenCase& golden) {
    TensorMap parameters = golden.under("param/");
    std::erase_if(parameters, [](const auto& entry) { return entry.first.ends_with("freqs"); });
    return parameters;
}

/// The model of a case with its stored parameters.
inline std::unique_ptr<BandSplitModel> goldenModel(const GoldenCase& golden, at::ScalarType dtype,
                                                   c10::Device device = at::kCPU) {
    auto model = std::make_unique<BandSplitModel>(goldenShape(golden.config()), device, dtype, 0);
    if (!model->parameters().load(goldenParameters(golden)).complete())
        throw std::runtime_error(golden.name + " lacks parameters of the model");
    return model;
}

struct GoldenLoss {
    at::Tensor l1;
    at::Tensor multiResolution;
    at::Tensor total;
};

/// The training loss of the stored gradients, computed directly from its formula.
/// @param config of the case
inline GoldenLoss goldenLoss(const nlohmann::json& config, const at::Tensor& estimate,
                             const at::Tensor& target) {
    const bool isRoformer = config.contains("heads");
    const std::int64_t shortest = isRoformer ? config["stft_n_fft"].get<std::int64_t>() : 2048;

    GoldenLoss loss;
    loss.l1 = (estimate - target).abs().mean();
    loss.multiResolution = at::zeros({}, estimate.options());
    for (const std::int64_t window : {4096, 2048, 1024, 512, 256}) {
        const Stft stft(std::max(window, shortest), 147, window, estimate.options());
        loss.multiResolution = loss.multiResolution + stft.forward(estimate - target).abs().mean();
    }
    const double weight = config.value("multi_stft_resolution_loss_weight", 1.0);
    loss.total = (isRoformer ? 1 : 10) * loss.l1 + weight * loss.multiResolution;
    return loss;
}

/// Compares the waveform, the loss and all gradients of a whole-model case with the stored ones.
inline void checkGoldenModel(const GoldenCase& golden, GoldenComparison& comparison, bool recompute) {
    const auto model = goldenModel(golden, comparison.dtype());
    model->setRecompute({.layers = recompute ? 99 : 0, .slices = 3});
    at::Tensor wave = model->forward(comparison.input("input/mix"));
    const at::Tensor target = comparison.input("input/target");
    // The official Mel-Band RoFormer can drop the samples after the last whole hop.
    const auto length = golden.tensors.at("output/wave").size(-1);
    if (length < wave.size(-1))
        wave = wave.narrow(-1, 0, length);
    comparison.check("output/wave", wave);

    const GoldenLoss loss = goldenLoss(golden.config(), wave, target.narrow(-1, 0, length));
    const auto& scalars = golden.json["scalars"];
    comparison.check("loss", loss.total.item<double>(), scalars["loss"]);
    comparison.check("l1", loss.l1.item<double>(), scalars["l1"]);
    comparison.check("mr_stft", loss.multiResolution.item<double>(), scalars["mr_stft"]);

    loss.total.backward();
    for (const auto& [name, value] : model->parameters().entries())
        comparison.check("grad/" + name, value.grad());
}

} // namespace headroom::test
