#include "core/audio/stereo_image.h"

namespace headroom {

void StereoImage::apply(AudioBuffer& sound) const {
    if (sound.channels() != 2 || *this == StereoImage{})
        return;
    const auto left = sound.channel(0);
    const auto right = sound.channel(1);
    const auto leftGain = static_cast<float>(1 + balance);
    const auto rightGain = static_cast<float>(1 - balance);
    const auto factor = static_cast<float>(width);
    const auto echoGain = static_cast<float>(echo);
    std::vector<float> middle(left.size());
    for (std::size_t i = 0; i < middle.size(); ++i)
        middle[i] = (left[i] + right[i]) / 2;
    const auto lag = static_cast<std::size_t>(delay);
    for (std::size_t i = 0; i < middle.size(); ++i) {
        const float late = i >= lag ? middle[i - lag] : 0;
        const float side = factor * (left[i] - right[i]) / 2 + echoGain * late;
        left[i] = leftGain * (middle[i] + side);
        right[i] = rightGain * (middle[i] - side);
    }
}

} // namespace headroom
