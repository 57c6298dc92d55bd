#include "core/engine/stereo_samples.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace headroom {

AudioBuffer planarSound(std::span<const float> samples) {
    AudioBuffer sound(2, static_cast<std::int64_t>(samples.size() / 2));
    for (int c = 0; c < 2; ++c) {
        const auto channel = sound.channel(c);
        for (std::size_t i = 0; i < channel.size(); ++i)
            channel[i] = samples[2 * i + c];
    }
    return sound;
}

AudioBlock audioBlock(const AudioBuffer& sound) {
    std::vector<float> samples(static_cast<std::size_t>(2 * sound.frames()));
    for (int c = 0; c < 2; ++c) {
        const auto channel = sound.channel(c < sound.channels() ? c : 0);
        for (std::size_t i = 0; i < channel.size(); ++i)
            samples[2 * i + c] = channel[i];
    }
    return std::make_shared<const std::vector<float>>(std::move(samples));
}

} // namespace headroom
