// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/step_config.h"

#include "core/config/config_check.h"
#include "core/config/model_kind.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

namespace headroom::test {
namespace {

class Draw {
public:
    explicit Draw(std::uint64_t seed) : generator_(seed) {}
    int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(generator_); }
    bool coin() { return between(0, 1) == 1; }

private:
    std::mt19937_64 generator_;
};

RunConfig drawn(Draw& draw, StepSize size) {
    const bool small = size == StepSize::Small;
    RunConfig config;
    config.audio.segmentLength = small ? draw.between(5, 7) / 10.0 : draw.between(10, 80) / 10.0;
    config.audio.channels = draw.between(1, 2);
    config.model.hiddenDim = 16 * draw.between(1, small ? 2 : 16);
    config.model.numLayers = draw.between(1, small ? 2 : 6);
    config.model.numSubbands = draw.between(16, small ? 24 : 80);
    // Powers of two have CUDA kernels.
    config.model.dState =
        draw.coin() ? 16 << draw.between(0, small ? 2 : 3) : 16 * draw.between(1, small ? 4 : 8);
    config.model.expand = draw.between(1, small ? 2 : 4);
    config.model.headdim = 16 << draw.between(0, 2);
    config.model.useGradientCheckpointing = draw.coin();
    config.model.recomputeLayers = draw.between(0, config.model.numLayers);
    config.model.recomputeSlices = draw.coin() ? 0 : draw.between(1, 40);
    config.model.offload = draw.between(0, 3) == 0;
    config.training.batchSize = draw.between(1, small ? 2 : 6);
    config.training.gradientAccumulationSteps = draw.between(1, small ? 3 : 4);
    config.training.precision = draw.coin() ? Precision::Bf16 : Precision::Fp32;
    config.training.optimizer = static_cast<OptimizerKind>(draw.between(0, 2));
    config.training.emaDecay = draw.coin() ? 0.999 : 0;
    config.training.gradClip = draw.coin() ? 3 : 0;
    if (draw.between(0, 3) == 0)
        config.data.targets = {"vocals", "drums"};
    config.separation.chunkSeconds = config.audio.segmentLength;
    config.loss.timeError = static_cast<TimeError>(draw.between(0, 1));
    config.model.keptActivations = static_cast<Kept>(draw.between(0, 3));
    config.model.keptLayers = draw.between(0, config.model.numLayers);
    return config;
}

/// Makes a RoFormer of it.
void drawRoformer(RunConfig& config, Draw& draw, StepSize size) {
    const bool small = size == StepSize::Small;
    changeModelKind(config, draw.coin() ? ModelKind::BsRoformer : ModelKind::MelBandRoformer);
    ModelConfig& model = config.model;
    model.heads = draw.between(1, small ? 3 : 8);
    model.dimHead = 8 * draw.between(1, small ? 3 : 8);
    model.timeTransformerDepth = draw.between(1, 2);
    model.freqTransformerDepth = draw.between(1, 2);
    model.linearTransformerDepth = draw.between(0, 3) == 0 ? 1 : 0;
    model.maskLayers = draw.between(1, 3);
    model.mlpExpansionFactor = draw.between(1, 4);
    model.winLength = draw.between(0, 3) == 0 ? 1024 : 0;
    model.stftNormalized = draw.between(0, 3) == 0;
    model.zeroDc = draw.coin();
    model.skipConnection = draw.between(0, 3) == 0;
    model.usePope = draw.between(0, 3) == 0;
    model.attnDropout = draw.between(0, 2) == 0 ? 0.1 : 0;
    model.ffDropout = draw.between(0, 2) == 0 ? 0.1 : 0;
    if (model.kind == ModelKind::MelBandRoformer)
        model.numBands = draw.between(10, small ? 24 : 60);
}

/// Freezes the first, last or middle layers, or other parts.
std::vector<std::string> drawFrozen(int layers, Draw& draw) {
    const std::string last = "layers." + std::to_string(layers - 1);
    switch (draw.between(0, 5)) {
    case 0:
        return {"band_split"};
    case 1:
        return {"mask_estimators"};
    case 2:
        return {"band_split", "layers.0"};
    case 3:
        return {last};
    case 4:
        return layers > 3 ? std::vector<std::string>{"layers.1", "layers.2"} : std::vector{last};
    default:
        break;
    }
    std::vector<std::string> half{"band_split"};
    for (int layer = 0; layer < (layers + 1) / 2; ++layer)
        half.push_back("layers." + std::to_string(layer));
    return half;
}

void drawFineTuning(RunConfig& config, Draw& draw) {
    const int way = draw.between(0, 2);
    if (way != 0)
        config.training.loraRank = 1 << draw.between(0, 4);
    if (way != 1)
        config.training.freeze = drawFrozen(config.model.numLayers, draw);
}

template <typename Change>
RunConfig drawValid(std::uint64_t seed, StepSize size, Change change) {
    Draw draw(seed);
    for (;;) {
        RunConfig config = drawn(draw, size);
        change(config, draw);
        try {
            checkConfig(config);
            return config;
        } catch (const Error& error) {
            fmt::print("drawing again: {}\n", error.message());
        }
    }
}

} // namespace

RunConfig drawStepConfig(std::uint64_t seed, StepSize size) {
    return drawValid(seed, size, [](RunConfig&, Draw&) {});
}

RunConfig drawRoformerConfig(std::uint64_t seed, StepSize size) {
    return drawValid(seed, size, [size](RunConfig& config, Draw& draw) { drawRoformer(config, draw, size); });
}

RunConfig drawFineTuningConfig(std::uint64_t seed, StepSize size) {
    return drawValid(seed, size, [size](RunConfig& config, Draw& draw) {
        if (draw.coin())
            drawRoformer(config, draw, size);
        drawFineTuning(config, draw);
    });
}

} // namespace headroom::test
