// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/model_shape.h"

#include "core/config/run_config.h"
#include "core/dsp/band_plan.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <numeric>

namespace headroom {
namespace {

constexpr int kBandPlanFft = 2048;

std::vector<std::int64_t> bandWidths(const RunConfig& config) {
    const auto& given = config.model.freqsPerBands;
    if (!given.empty())
        return {given.begin(), given.end()};
    if (config.audio.nFft != kBandPlanFft) {
        throw Error(ErrorKind::Input,
                    fmt::format("there is no band plan for an n_fft of {}, only for {}", config.audio.nFft,
                                kBandPlanFft),
                    "audio.n_fft", "Set the band widths with model.freqs_per_bands.");
    }
    const std::vector<int> plan = bandPlan(config.model.numSubbands);
    return {plan.begin(), plan.end()};
}

void requirePositive(std::int64_t value, const char* key) {
    if (value < 1)
        throw Error(ErrorKind::Input, fmt::format("{} must be at least 1, not {}", key, value), key);
}

} // namespace

void validate(const ModelShape& shape) {
    requirePositive(shape.hiddenDim, "model.hidden_dim");
    requirePositive(shape.numLayers, "model.num_layers");
    requirePositive(shape.dState, "model.d_state");
    requirePositive(shape.dConv, "model.d_conv");
    requirePositive(shape.expand, "model.expand");
    requirePositive(shape.headdim, "model.headdim");
    requirePositive(shape.stems, "data.targets");
    requirePositive(shape.channels, "audio.channels");
    requirePositive(shape.hopLength, "audio.hop_length");
    if (shape.nFft < 2 || shape.nFft % 2 != 0) {
        throw Error(ErrorKind::Input, fmt::format("audio.n_fft must be even, not {}", shape.nFft),
                    "audio.n_fft");
    }
    if (2 * shape.hopLength > shape.nFft) {
        throw Error(
            ErrorKind::Input,
            fmt::format("a hop of {} leaves gaps between windows of {} samples", shape.hopLength, shape.nFft),
            "audio.hop_length", "Use at most half of audio.n_fft.");
    }
    for (const std::int64_t width : shape.bands)
        requirePositive(width, "model.freqs_per_bands");
    const auto bins = std::accumulate(shape.bands.begin(), shape.bands.end(), std::int64_t{0});
    if (bins != shape.bins()) {
        throw Error(
            ErrorKind::Input,
            fmt::format("the bands cover {} bins, but an n_fft of {} has {}", bins, shape.nFft, shape.bins()),
            "model.freqs_per_bands");
    }
    if (shape.innerDim() % shape.headdim != 0) {
        throw Error(ErrorKind::Input,
                    fmt::format("expand x hidden_dim = {} is not a multiple of headdim {}", shape.innerDim(),
                                shape.headdim),
                    "model.headdim",
                    fmt::format("With expand {}, make hidden_dim a multiple of {}.", shape.expand,
                                shape.headdim / std::gcd(shape.headdim, shape.expand)));
    }
}

ModelShape modelShape(const RunConfig& config) {
    const ModelConfig& model = config.model;
    ModelShape shape;
    shape.hiddenDim = model.hiddenDim;
    shape.numLayers = model.numLayers;
    shape.dState = model.dState;
    shape.dConv = model.dConv;
    shape.expand = model.expand;
    shape.headdim = model.headdim;
    shape.stems = static_cast<std::int64_t>(config.data.targets.size());
    shape.channels = config.audio.channels;
    shape.nFft = config.audio.nFft;
    shape.hopLength = config.audio.hopLength;
    shape.bands = bandWidths(config);
    validate(shape);
    return shape;
}

} // namespace headroom
