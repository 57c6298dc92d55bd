// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/model_shape.h"

#include "core/dsp/band_plan.h"
#include "core/dsp/mel_bands.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
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

void validateMixers(const ModelShape& shape) {
    requirePositive(shape.dState, "model.d_state");
    requirePositive(shape.dConv, "model.d_conv");
    requirePositive(shape.expand, "model.expand");
    requirePositive(shape.headdim, "model.headdim");
    if (shape.innerDim() % shape.headdim != 0) {
        throw Error(ErrorKind::Input,
                    fmt::format("expand x hidden_dim = {} is not a multiple of headdim {}", shape.innerDim(),
                                shape.headdim),
                    "model.headdim",
                    fmt::format("With expand {}, make hidden_dim a multiple of {}.", shape.expand,
                                shape.headdim / std::gcd(shape.headdim, shape.expand)));
    }
}

void validateAttention(const ModelShape& shape) {
    requirePositive(shape.attentionHeads, "model.heads");
    requirePositive(shape.headWidth, "model.dim_head");
    requirePositive(shape.timeDepth, "model.time_transformer_depth");
    requirePositive(shape.bandDepth, "model.freq_transformer_depth");
    if (!shape.polarPositions && shape.headWidth % 2 != 0)
        throw Error(
            ErrorKind::Input,
            fmt::format("rotary positions rotate pairs of features, but a head has {}", shape.headWidth),
            "model.dim_head", "Choose an even number.");
}

/// Every bin must be in a band, and every band within the spectrum.
void validateBands(const ModelShape& shape) {
    for (const std::int64_t width : shape.bands)
        requirePositive(width, "model.freqs_per_bands");
    const std::vector<std::int64_t> starts = shape.bandStarts();
    std::int64_t covered = 0;
    for (std::size_t band = 0; band < shape.bands.size() && starts[band] <= covered; ++band)
        covered = std::max(covered, starts[band] + shape.bands[band]);
    if (covered != shape.bins())
        throw Error(ErrorKind::Input,
                    fmt::format("the bands cover {} bins, but an n_fft of {} has {}", covered, shape.nFft,
                                shape.bins()),
                    "model.freqs_per_bands");
}

} // namespace

std::vector<std::int64_t> ModelShape::bandStarts() const {
    if (!overlappingStarts.empty())
        return overlappingStarts;
    std::vector<std::int64_t> starts(bands.size());
    std::exclusive_scan(bands.begin(), bands.end(), starts.begin(), std::int64_t{0});
    return starts;
}

void validate(const ModelShape& shape) {
    requirePositive(shape.hiddenDim, "model.hidden_dim");
    requirePositive(shape.numLayers, "model.num_layers");
    requirePositive(shape.stems, "data.targets");
    requirePositive(shape.channels, "audio.channels");
    requirePositive(shape.hopLength, "audio.hop_length");
    requirePositive(shape.maskLayers, "model.mask_layers");
    requirePositive(shape.maskExpansion, "model.mlp_expansion_factor");
    if (shape.nFft < 2 || shape.nFft % 2 != 0) {
        throw Error(ErrorKind::Input, fmt::format("audio.n_fft must be even, not {}", shape.nFft),
                    "audio.n_fft");
    }
    if (2 * shape.hopLength > shape.windowLength()) {
        throw Error(ErrorKind::Input,
                    fmt::format("a hop of {} leaves gaps between windows of {} samples", shape.hopLength,
                                shape.windowLength()),
                    "audio.hop_length",
                    shape.window == 0 ? "Use at most half of audio.n_fft."
                                      : "Use at most half of model.win_length.");
    }
    if (shape.windowLength() > shape.nFft)
        throw Error(ErrorKind::Input,
                    fmt::format("a window of {} samples is longer than an n_fft of {}", shape.windowLength(),
                                shape.nFft),
                    "model.win_length");
    validateBands(shape);
    if (shape.isRoformer())
        validateAttention(shape);
    else
        validateMixers(shape);
}

ModelShape modelShape(const RunConfig& config) {
    const ModelConfig& model = config.model;
    ModelShape shape;
    shape.kind = model.kind;
    shape.hiddenDim = model.hiddenDim;
    shape.numLayers = model.numLayers;
    shape.stems = static_cast<std::int64_t>(config.data.targets.size());
    shape.channels = config.audio.channels;
    shape.nFft = config.audio.nFft;
    shape.hopLength = config.audio.hopLength;
    shape.dState = model.dState;
    shape.dConv = model.dConv;
    shape.expand = model.expand;
    shape.headdim = model.headdim;
    if (shape.isRoformer()) {
        shape.attentionHeads = model.heads;
        shape.headWidth = model.dimHead;
        shape.timeDepth = model.timeTransformerDepth;
        shape.bandDepth = model.freqTransformerDepth;
        shape.linearDepth = model.linearTransformerDepth;
        shape.polarPositions = model.usePope;
        shape.skipConnection = model.skipConnection;
        shape.window = model.winLength;
        shape.normalizedStft = model.stftNormalized;
        shape.zeroDc = model.zeroDc;
        shape.attentionDropout = model.attnDropout;
        shape.feedForwardDropout = model.ffDropout;
        shape.maskLayers = model.maskLayers;
        shape.maskExpansion = model.mlpExpansionFactor;
    }
    if (shape.kind == ModelKind::MelBandRoformer)
        setMelBands(shape, model.numBands, config.audio.sampleRate);
    else
        shape.bands = bandWidths(config);
    validate(shape);
    return shape;
}

void setMelBands(ModelShape& shape, std::int64_t numBands, std::int64_t sampleRate) {
    shape.bands.clear();
    shape.overlappingStarts.clear();
    for (const BinRange& band : melBands(numBands, sampleRate, shape.nFft)) {
        shape.bands.push_back(band.count);
        shape.overlappingStarts.push_back(band.first);
    }
}

} // namespace headroom
