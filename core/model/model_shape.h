// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// All sizes that determine the names and shapes of the parameters of a band-split model, and those of its
/// STFT.
struct ModelShape {
    ModelKind kind = ModelKind::BsMamba2;
    std::int64_t hiddenDim = 256; ///< d, width of a token (one band of one frame)
    std::int64_t numLayers = 6;   ///< dual-path layers: along time, then along bands
    std::int64_t stems = 1;
    std::int64_t channels = 2;
    std::int64_t nFft = 2048;
    std::int64_t hopLength = 441;
    std::vector<std::int64_t> bands; ///< widths in bins, low to high
    /// First bin of each band. Empty: the bands follow one another and sum to nFft / 2 + 1.
    std::vector<std::int64_t> overlappingStarts;

    // Mamba2
    std::int64_t dState = 128; ///< N, state size of the scan
    std::int64_t dConv = 4;    ///< taps of the causal convolution
    std::int64_t expand = 4;
    std::int64_t headdim = 64; ///< P, channels of a head, which share a decay

    // RoFormers
    std::int64_t attentionHeads = 8;
    std::int64_t headWidth = 64;  ///< e, features per head of an attention
    std::int64_t timeDepth = 1;   ///< blocks of a layer along time
    std::int64_t bandDepth = 1;   ///< blocks of a layer along bands
    std::int64_t linearDepth = 0; ///< blocks of linear attention of a layer
    bool polarPositions = false;  ///< PoPE
    bool skipConnection = false;
    std::int64_t window = 0; ///< of the STFT, samples; 0: nFft
    bool normalizedStft = false;
    bool zeroDc = false;
    double attentionDropout = 0;
    double feedForwardDropout = 0;

    std::int64_t maskLayers = 2;    ///< linear layers of a mask estimator
    std::int64_t maskExpansion = 4; ///< its hidden width as a multiple of hiddenDim

    bool isRoformer() const { return kind != ModelKind::BsMamba2; }
    std::int64_t innerDim() const { return expand * hiddenDim; } ///< D
    std::int64_t attentionDim() const { return attentionHeads * headWidth; }
    std::int64_t maskHiddenDim() const { return maskExpansion * hiddenDim; }
    std::int64_t bins() const { return nFft / 2 + 1; }
    std::int64_t windowLength() const { return window == 0 ? nFft : window; }
    /// Features of a band of `width` bins in one frame: real and imaginary part of every channel.
    std::int64_t bandFeatures(std::int64_t width) const { return 2 * channels * width; }
    /// First bin of each band.
    std::vector<std::int64_t> bandStarts() const;
};

/// Throws Error (Input) unless all sizes are positive, the bands cover all nFft / 2 + 1 bins, windows
/// overlap, and the sizes of the mixers fit together.
void validate(const ModelShape& shape);

/// Sets the bands of a Mel-Band RoFormer for shape.nFft. Throws Error (Input) if one would be empty.
/// @param sampleRate Hz
void setMelBands(ModelShape& shape, std::int64_t numBands, std::int64_t sampleRate);

/// The model shape of a configuration, with one stem per entry of data.targets. Throws Error (Input) if it is
/// invalid, and for an n_fft other than 2048 without model.freqs_per_bands, unless the bands are on the mel
/// scale.
ModelShape modelShape(const RunConfig& config);

} // namespace headroom
