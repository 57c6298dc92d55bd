// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/dsp/stft.h"
#include "core/model/bs_mamba2.h"
#include "tests/support/golden_comparison.h"

#include <memory>

namespace headroom::test {

/// The model shape of a whole-model case.
inline ModelShape goldenShape(const nlohmann::json& config) {
    ModelShape shape;
    shape.hiddenDim = config["dim"];
    shape.numLayers = config["depth"];
    shape.dState = config["d_state"];
    shape.dConv = config["d_conv"];
    shape.expand = config["expand"];
    shape.headdim = config["headdim"];
    shape.stems = config.value("num_stems", 1);
    shape.channels = config["stereo"].get<bool>() ? 2 : 1;
    shape.nFft = config["stft_n_fft"];
    shape.hopLength = config["stft_hop_length"];
    shape.bands = config["freqs_per_bands"].get<std::vector<std::int64_t>>();
    return shape;
}

/// The model of a case with its stored parameters.
inline std::unique_ptr<BsMamba2> goldenModel(const GoldenCase& golden, at::ScalarType dtype,
                                             c10::Device device = at::kCPU) {
    auto model = std::make_unique<BsMamba2>(goldenShape(golden.config()), device, dtype, 0);
    if (!model->parameters().load(golden.under("param/")).complete())
        throw std::runtime_error(golden.name + " lacks parameters of the model");
    return model;
}

struct GoldenLoss {
    at::Tensor l1;
    at::Tensor multiResolution;
    at::Tensor total;
};

/// The training loss of the stored gradients, computed directly from its formula.
inline GoldenLoss goldenLoss(const at::Tensor& estimate, const at::Tensor& target) {
    GoldenLoss loss;
    loss.l1 = (estimate - target).abs().mean();
    loss.multiResolution = at::zeros({}, estimate.options());
    for (const std::int64_t window : {4096, 2048, 1024, 512, 256}) {
        const Stft stft(std::max<std::int64_t>(window, 2048), 147, window, estimate.options());
        loss.multiResolution = loss.multiResolution + stft.forward(estimate - target).abs().mean();
    }
    loss.total = 10 * loss.l1 + loss.multiResolution;
    return loss;
}

} // namespace headroom::test
