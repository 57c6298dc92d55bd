// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_buffer.h"

#include <algorithm>
#include <cmath>

namespace headroom {

AudioBuffer AudioBuffer::part(std::int64_t first, std::int64_t frames) const {
    AudioBuffer result(channels_, frames);
    for (int c = 0; c < channels_; ++c)
        std::ranges::copy(channel(c).subspan(first, frames), result.channel(c).begin());
    return result;
}

float AudioBuffer::peak() const {
    float highest = 0;
    for (float sample : samples_)
        highest = std::max(highest, std::abs(sample));
    return highest;
}

} // namespace headroom
