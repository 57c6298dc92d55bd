// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/stereo_image.h"

namespace headroom {

void StereoImage::apply(AudioBuffer& audio) const {
    if (audio.channels() != 2 || *this == StereoImage{})
        return;
    const auto left = audio.channel(0);
    const auto right = audio.channel(1);
    const auto leftGain = static_cast<float>(1 + balance);
    const auto rightGain = static_cast<float>(1 - balance);
    const auto factor = static_cast<float>(width);
    const auto echoGain = static_cast<float>(echo);
    std::vector<float> mid(left.size());
    for (std::size_t i = 0; i < mid.size(); ++i)
        mid[i] = (left[i] + right[i]) / 2;
    const auto lag = static_cast<std::size_t>(delay);
    for (std::size_t i = 0; i < mid.size(); ++i) {
        const float late = i >= lag ? mid[i - lag] : 0;
        const float side = factor * (left[i] - right[i]) / 2 + echoGain * late;
        left[i] = leftGain * (mid[i] + side);
        right[i] = rightGain * (mid[i] - side);
    }
}

} // namespace headroom
