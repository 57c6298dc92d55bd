// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/spectrogram_picture.h"

#include "core/dsp/spectrogram.h"
#include "core/train/png.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdint>
#include <span>

namespace headroom {

SpectrogramPicture spectrogramPicture(const AudioBuffer& audio, int sampleRate) {
    constexpr int rows = 256;
    constexpr std::int64_t mostColumns = 800;
    constexpr std::int64_t shortestHop = 256;
    constexpr std::int64_t margin = Spectrogram::windowFrames / 2;
    const std::int64_t hop = std::max(shortestHop, (audio.frames() + mostColumns - 1) / mostColumns);
    const std::int64_t columns = std::max<std::int64_t>(1, audio.frames() / hop);
    at::Tensor samples = at::zeros({2, Spectrogram::windowFrames + columns * hop});
    for (int channel = 0; channel < 2; ++channel) {
        const auto from = audio.channel(std::min(channel, audio.channels() - 1));
        const auto frames = std::min(from.size(), static_cast<std::size_t>(columns * hop + margin));
        std::copy_n(from.begin(), frames, samples[channel].data_ptr<float>() + margin);
    }
    const at::Tensor power =
        Spectrogram(FrequencyScale::Log, rows, sampleRate).power(samples, columns, hop).clamp_min(1e-30);
    constexpr double lowest = -90;
    constexpr double white = 255;
    const at::Tensor gray = (power.log10().mul(10).sub(lowest).mul(white / -lowest))
                                .clamp(0, white)
                                .round()
                                .to(at::kByte)
                                .contiguous();
    SpectrogramPicture picture{static_cast<int>(columns), rows, {}};
    picture.png = grayPng({gray.data_ptr<std::uint8_t>(), static_cast<std::size_t>(gray.numel())},
                          picture.width, picture.height);
    return picture;
}

} // namespace headroom
