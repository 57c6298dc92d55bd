// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/test_time_augmentation.h"

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

/// A change of the audio that undoes itself.
using Mirror = void (*)(AudioBuffer& audio);

void swapChannels(AudioBuffer& audio) {
    std::ranges::swap_ranges(audio.channel(0), audio.channel(1));
}

void invertPolarity(AudioBuffer& audio) {
    for (float& sample : audio.samples())
        sample = -sample;
}

/// Separates the changed segments, undoes the change and adds the stems to `sums`.
void addPass(const SegmentFunction& separate, std::span<const AudioBuffer> segments, Mirror mirror,
             std::vector<SegmentStems>& sums) {
    std::vector<AudioBuffer> changed(segments.begin(), segments.end());
    std::ranges::for_each(changed, mirror);
    std::vector<SegmentStems> separated = separate(changed);
    for (std::size_t i = 0; i < separated.size(); ++i) {
        for (std::size_t s = 0; s < separated[i].size(); ++s) {
            mirror(separated[i][s]);
            std::ranges::transform(sums[i][s].samples(), separated[i][s].samples(),
                                   sums[i][s].samples().begin(), std::plus<>());
        }
    }
}

} // namespace

SegmentFunction augmented(SegmentFunction separate) {
    return [separate = std::move(separate)](std::span<const AudioBuffer> segments) {
        std::vector<Mirror> mirrors = {invertPolarity};
        if (segments.front().channels() == 2)
            mirrors.push_back(swapChannels);
        std::vector<SegmentStems> sums = separate(segments);
        for (const Mirror mirror : mirrors)
            addPass(separate, segments, mirror, sums);
        const auto passes = static_cast<float>(1 + mirrors.size());
        for (SegmentStems& stems : sums) {
            for (AudioBuffer& stem : stems) {
                for (float& sample : stem.samples())
                    sample /= passes;
            }
        }
        return sums;
    };
}

} // namespace headroom
