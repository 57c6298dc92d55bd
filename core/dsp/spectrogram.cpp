// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/spectrogram.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr std::int64_t bins = Spectrogram::windowFrames / 2 + 1;

/// [bins, rows]: weight of each bin in each row.
at::Tensor rowWeights(FrequencyScale scale, int rows, int sampleRate) {
    at::Tensor weights = at::zeros({bins, rows});
    auto weight = weights.accessor<float, 2>();
    const auto binAt = [&](double height) {
        const double bin = frequencyAt(scale, height, sampleRate) * Spectrogram::windowFrames / sampleRate;
        return std::clamp(bin, 0.0, static_cast<double>(bins - 1));
    };
    for (int row = 0; row < rows; ++row) {
        const double low = binAt(static_cast<double>(rows - 1 - row) / rows);
        const double high = binAt(static_cast<double>(rows - row) / rows);
        const auto first = static_cast<std::int64_t>(std::ceil(low));
        const auto last = static_cast<std::int64_t>(std::floor(high));
        if (last > first) {
            for (std::int64_t bin = first; bin <= last; ++bin)
                weight[bin][row] = 1.0F / static_cast<float>(last - first + 1);
        } else {
            const double middle = (low + high) / 2;
            const auto lower = std::min(static_cast<std::int64_t>(middle), bins - 2);
            weight[lower + 1][row] = static_cast<float>(middle - static_cast<double>(lower));
            weight[lower][row] = 1 - weight[lower + 1][row];
        }
    }
    return weights;
}

} // namespace

Spectrogram::Spectrogram(FrequencyScale scale, int rows, int sampleRate)
    : window_(at::hann_window(windowFrames)), rows_(rowWeights(scale, rows, sampleRate)) {
    // A full-scale sine has power 1.
    window_ = window_ / (window_.sum() / 2);
}

at::Tensor Spectrogram::power(const at::Tensor& samples, std::int64_t columns, std::int64_t hop) const {
    constexpr std::int64_t maximumWindows = 8;
    const std::int64_t windows = std::clamp(hop / (windowFrames / 2), std::int64_t{1}, maximumWindows);
    const std::int64_t step = hop / windows;
    at::Tensor sum = at::zeros({columns, bins});
    for (std::int64_t i = 0; i < windows; ++i) {
        // Centered in its part of the column.
        const std::int64_t begin = i * step + step / 2;
        const at::Tensor frames =
            samples.narrow(1, begin, (columns - 1) * hop + windowFrames).unfold(1, windowFrames, hop);
        const at::Tensor spectrum = at::view_as_real(at::fft_rfft(frames * window_));
        sum += spectrum.square().sum(-1).mean(0);
    }
    return at::mm(sum / static_cast<double>(windows), rows_).t();
}

} // namespace headroom
