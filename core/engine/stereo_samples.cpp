// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/stereo_samples.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace headroom {

AudioBuffer planarAudio(std::span<const float> samples) {
    AudioBuffer audio(2, static_cast<std::int64_t>(samples.size() / 2));
    for (int c = 0; c < 2; ++c) {
        const auto channel = audio.channel(c);
        for (std::size_t i = 0; i < channel.size(); ++i)
            channel[i] = samples[2 * i + c];
    }
    return audio;
}

AudioBlock audioBlock(const AudioBuffer& audio) {
    std::vector<float> samples(static_cast<std::size_t>(2 * audio.frames()));
    for (int c = 0; c < 2; ++c) {
        const auto channel = audio.channel(c < audio.channels() ? c : 0);
        for (std::size_t i = 0; i < channel.size(); ++i)
            samples[2 * i + c] = channel[i];
    }
    return std::make_shared<const std::vector<float>>(std::move(samples));
}

} // namespace headroom
