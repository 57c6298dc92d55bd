// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/written_out_step.h"

#include "core/config/audio_length.h"
#include "core/dsp/stft.h"
#include "core/forecast/simulation.h"
#include "core/forecast/step_recording.h"
#include "core/model/band_split_model.h"
#include "core/values/run_phase.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace headroom::bench {
namespace {

using at::Tensor;

class WrittenOutModel {
public:
    explicit WrittenOutModel(const BandSplitModel& model) : model_(model), shape_(model.shape()) {}

    /// @param mixture [batch, channels, samples]
    /// @return the estimate, of the same shape
    Tensor forward(const Tensor& mixture) const {
        const Stft stft(shape_.nFft, shape_.hopLength, shape_.windowLength(), mixture.options());
        const Tensor spectrum = stft.forward(mixture); // [batch, channels, frames, bins]
        const Tensor features = at::view_as_real(spectrum).permute({0, 2, 3, 1, 4}).flatten(2);
        const Tensor mask = masks(transformed(bandSplit(features)))
                                .unflatten(-1, {shape_.bins(), shape_.channels, 2})
                                .permute({0, 3, 1, 2, 4})
                                .to(at::kFloat)
                                .contiguous();
        return stft.inverse(spectrum * at::view_as_complex(mask), mixture.size(-1));
    }

private:
    const Tensor& parameter(const std::string& name) const { return model_.parameters().at(name); }

    /// In float16, as autocast computes products.
    Tensor linear(const Tensor& x, const std::string& name, bool hasBias = true) const {
        const Tensor bias = hasBias ? parameter(name + ".bias").to(at::kHalf) : Tensor();
        return at::linear(x.to(at::kHalf), parameter(name + ".weight").to(at::kHalf), bias);
    }

    /// In float32, as autocast computes norms.
    Tensor normalized(const Tensor& x, const std::string& gamma) const {
        const Tensor length = at::norm(x.to(at::kFloat), 2, {-1}, /*keepdim=*/true).clamp_min(1e-12);
        return x / length.expand_as(x) * std::sqrt(static_cast<double>(x.size(-1))) * parameter(gamma);
    }

    /// Keeps a mask of one byte per element.
    static Tensor dropped(const Tensor& x, double rate) {
        return rate == 0 ? x : x * at::empty(x.sizes(), x.options().dtype(at::kBool));
    }

    Tensor bandSplit(const Tensor& features) const {
        std::vector<std::int64_t> widths;
        for (const std::int64_t width : shape_.bands)
            widths.push_back(shape_.bandFeatures(width));
        std::vector<Tensor> bands;
        for (const Tensor& band : features.split_with_sizes(widths, -1)) {
            const std::string name = fmt::format("band_split.to_features.{}", bands.size());
            bands.push_back(linear(normalized(band, name + ".0.gamma"), name + ".1"));
        }
        return at::stack(bands, -2);
    }

    /// @param tokens [batch, frames, bands, width]
    Tensor transformed(Tensor tokens) const {
        for (std::int64_t layer = 0; layer < shape_.numLayers; ++layer) {
            for (int axis = 0; axis < 2; ++axis) { // along time, along bands
                const Tensor rows = tokens.transpose(1, 2);
                const bool alongTime = axis == 0;
                const Tensor& chosen = alongTime ? rows : tokens;
                Tensor x = chosen.reshape({-1, chosen.size(2), chosen.size(3)});
                const std::string block = fmt::format("layers.{}.{}.layers.0.", layer, axis);
                x = attended(x, block + "0.") + x;
                x = fedForward(x, block + "1.") + x;
                x = x.view(chosen.sizes());
                tokens = alongTime ? x.transpose(1, 2) : x;
            }
        }
        return normalized(tokens, "final_norm.gamma");
    }

    Tensor turned(const Tensor& x) const {
        const Tensor table = at::empty({x.size(-2), x.size(-1)}, x.options());
        const auto pairs = x.unflatten(-1, {-1, 2}).unbind(-1);
        const Tensor quarterTurn = at::stack({-pairs[1], pairs[0]}, -1).flatten(-2);
        return x * table + quarterTurn * table;
    }

    /// @param x [rows, length, width]
    Tensor attended(const Tensor& x, const std::string& block) const {
        const Tensor n = normalized(x, block + "norm.gamma");
        const Tensor projected = linear(n, block + "to_qkv", false);
        const auto parts =
            projected.unflatten(-1, {3, shape_.attentionHeads, -1}).permute({2, 0, 3, 1, 4}).unbind(0);
        const Tensor q = turned(parts[0]);
        const Tensor k = turned(parts[1]);
        const Tensor scores = at::einsum("bhid,bhjd->bhij", {q, k}) * 0.125;
        const Tensor weights = dropped(at::softmax(scores.to(at::kFloat), -1), shape_.attentionDropout);
        Tensor out = at::einsum("bhij,bhjd->bhid", {weights.to(at::kHalf), parts[2]});
        const Tensor gates = linear(n, block + "to_gates");
        out = out * gates.transpose(1, 2).unsqueeze(-1).sigmoid();
        return dropped(linear(out.transpose(1, 2).flatten(2), block + "to_out.0", false),
                       shape_.attentionDropout);
    }

    Tensor fedForward(const Tensor& x, const std::string& block) const {
        const Tensor hidden = at::gelu(linear(normalized(x, block + "net.0.gamma"), block + "net.1"));
        return dropped(linear(dropped(hidden, shape_.feedForwardDropout), block + "net.4"),
                       shape_.feedForwardDropout);
    }

    Tensor masks(const Tensor& features) const {
        std::vector<Tensor> bands;
        for (const Tensor& tokens : features.unbind(-2)) {
            const std::string name = fmt::format("mask_estimators.0.to_freqs.{}.0.", bands.size());
            Tensor x = linear(tokens, name + "0");
            for (std::int64_t layer = 1; layer < shape_.maskLayers; ++layer)
                x = linear(at::tanh(x), fmt::format("{}{}", name, 2 * layer));
            bands.push_back(at::glu(x));
        }
        return at::cat(bands, -1);
    }

    const BandSplitModel& model_;
    const ModelShape& shape_;
};

/// In float32, each STFT with all its frames.
Tensor writtenOutLoss(const Tensor& estimate, const Tensor& target, const RunConfig& config) {
    Tensor loss = at::l1_loss(estimate, target) * config.loss.lambdaTime;
    for (const int window : config.loss.stftWindows) {
        const Stft stft(std::max(window, config.audio.nFft), config.loss.stftHop, window, target.options());
        loss = loss + (stft.forward(estimate) - stft.forward(target)).abs().mean();
    }
    return loss;
}

} // namespace

AllocationStream recordWrittenOutSteps(const RunConfig& config, const Card& card) {
    constexpr int steps = 2;
    Simulation simulation(card);
    StreamRecorder& recorder = simulation.device.recorder();
    {
        SimulatedTraining training(config, simulation.device); // allocates parameters and moments
        BandSplitModel& model = training.step().model();
        const std::array<std::int64_t, 3> batch{config.training.batchSize, config.audio.channels,
                                                segmentSamples(config.audio)};
        recorder.beginStage(runPhaseName(RunPhase::Step));
        for (int i = 0; i < steps; ++i) {
            const Tensor mixture = at::empty(batch, at::TensorOptions().device(at::kMeta));
            const Tensor target = at::empty_like(mixture);
            const Tensor estimate = WrittenOutModel(model).forward(mixture);
            const Tensor loss = writtenOutLoss(estimate, target, config);
            loss.backward();
            for (const auto& entry : model.parameters().entries())
                entry.value.mutable_grad() = Tensor();
        }
        recorder.beginStage(endStage);
    }
    return recorder.take();
}

} // namespace headroom::bench
