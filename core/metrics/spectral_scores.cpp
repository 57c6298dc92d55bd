// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/spectral_scores.h"

#include "core/metrics/frame_magnitudes.h"
#include "core/metrics/mel_filters.h"
#include "core/metrics/same_channels.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace headroom {
namespace {

constexpr std::int64_t framesPerBlock = 256;

double scoreOfDifference(double difference) {
    return 100 / (1 + difference);
}

/// A mel spectrogram in dB, of all channels.
struct MelDecibels {
    std::vector<float> cells;
    float highest = -std::numeric_limits<float>::infinity();
};

MelDecibels melDecibels(const AudioBuffer& audio, std::int64_t length, const FrameMagnitudes& stft,
                        const MelFilters& filters) {
    constexpr double least = 1e-10;
    MelDecibels mel;
    std::vector<double> bands(static_cast<std::size_t>(filters.bands()));
    const std::int64_t frames = stft.frames(length);
    mel.cells.reserve(static_cast<std::size_t>(audio.channels() * frames * filters.bands()));
    for (int c = 0; c < audio.channels(); ++c) {
        for (std::int64_t first = 0; first < frames; first += framesPerBlock) {
            const at::Tensor block =
                stft.of(audio.channel(c), length, first, std::min(first + framesPerBlock, frames));
            const double* frame = block.const_data_ptr<double>();
            for (std::int64_t i = 0; i < block.size(0); ++i, frame += block.size(1)) {
                filters.apply(frame, bands);
                for (const double band : bands) {
                    mel.cells.push_back(static_cast<float>(20 * std::log10(std::max(band, least))));
                    mel.highest = std::max(mel.highest, mel.cells.back());
                }
            }
        }
    }
    return mel;
}

struct MeanOfCells {
    double sum = 0;
    std::int64_t count = 0;

    void add(double value) {
        sum += value;
        ++count;
    }
    double value() const { return count > 0 ? sum / static_cast<double>(count) : 0; }
};

} // namespace

std::optional<double> l1Frequency(const AudioBuffer& truth, const AudioBuffer& estimate) {
    constexpr std::int64_t nFft = 2048;
    constexpr double weight = 10;
    requireSameChannels(truth, estimate);
    if (truth.frames() <= nFft / 2)
        return std::nullopt;
    const FrameMagnitudes stft(nFft, 1024, FrameMagnitudes::Taper::None);
    const std::int64_t length = truth.frames();
    const std::int64_t frames = stft.frames(length);
    double sum = 0;
    for (int c = 0; c < truth.channels(); ++c) {
        for (std::int64_t first = 0; first < frames; first += framesPerBlock) {
            const std::int64_t last = std::min(first + framesPerBlock, frames);
            const at::Tensor difference = stft.of(estimate.channel(c), length, first, last) -
                                          stft.of(truth.channel(c), length, first, last);
            sum += difference.abs_().sum().item<double>();
        }
    }
    constexpr std::int64_t bins = nFft / 2 + 1;
    const auto cells = static_cast<double>(truth.channels() * frames * bins);
    return scoreOfDifference(weight * sum / cells);
}

std::optional<BleedAndFullness> bleedAndFullness(const AudioBuffer& truth, const AudioBuffer& estimate,
                                                 int sampleRate) {
    constexpr std::int64_t nFft = 4096;
    constexpr std::int64_t melBandCount = 512;
    constexpr float range = 80; // dB
    requireSameChannels(truth, estimate);
    if (truth.frames() == 0)
        return std::nullopt;
    const FrameMagnitudes stft(nFft, 1024, FrameMagnitudes::Taper::Hann);
    const MelFilters filters(melBandCount, sampleRate, nFft);
    const MelDecibels s = melDecibels(truth, truth.frames(), stft, filters);
    const MelDecibels e = melDecibels(estimate, truth.frames(), stft, filters);
    MeanOfCells louder;
    MeanOfCells quieter;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const double difference =
            double{std::max(e.cells[i], e.highest - range)} - std::max(s.cells[i], s.highest - range);
        if (difference > 0)
            louder.add(difference);
        else if (difference < 0)
            quieter.add(-difference);
    }
    return BleedAndFullness{scoreOfDifference(louder.value()), scoreOfDifference(quieter.value())};
}

} // namespace headroom
