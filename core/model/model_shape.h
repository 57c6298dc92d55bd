// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

namespace headroom {

struct RunConfig;

/// All sizes that determine the names and shapes of the parameters of BSMamba2, and those of its STFT.
struct ModelShape {
    std::int64_t hiddenDim = 256; ///< d, width of a token (one band of one frame)
    std::int64_t numLayers = 6;   ///< dual-path layers: a block along time, then one along bands
    std::int64_t dState = 128;    ///< N, state size of the scan
    std::int64_t dConv = 4;       ///< taps of the causal convolution
    std::int64_t expand = 4;
    std::int64_t headdim = 64; ///< P, channels of a head, which share a decay
    std::int64_t stems = 1;
    std::int64_t channels = 2;
    std::int64_t nFft = 2048;
    std::int64_t hopLength = 441;
    std::vector<std::int64_t> bands; ///< widths in bins, low to high, summing to nFft / 2 + 1

    std::int64_t innerDim() const { return expand * hiddenDim; }                   ///< D
    std::int64_t heads() const { return innerDim() / headdim; }                    ///< H
    std::int64_t convDim() const { return innerDim() + 2 * dState; }               ///< x, B and C together
    std::int64_t projectedDim() const { return innerDim() + convDim() + heads(); } ///< z, x, B, C, dt
    std::int64_t maskHiddenDim() const { return 4 * hiddenDim; }
    std::int64_t bins() const { return nFft / 2 + 1; }
    /// Features of a band of `width` bins in one frame: real and imaginary part of every channel.
    std::int64_t bandFeatures(std::int64_t width) const { return 2 * channels * width; }
};

/// Throws Error (Input) unless all sizes are positive, the bands sum to nFft / 2 + 1, windows overlap, and
/// expand * hiddenDim is a multiple of headdim.
void validate(const ModelShape& shape);

/// The model shape of a configuration, with one stem per entry of data.targets. Throws Error (Input) if it is
/// invalid, and for an n_fft other than 2048 without model.freqs_per_bands.
ModelShape modelShape(const RunConfig& config);

} // namespace headroom
