// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_buffer.h"

#include <algorithm>
#include <cmath>

namespace headroom {

float AudioBuffer::peak() const {
    float highest = 0;
    for (float sample : samples_)
        highest = std::max(highest, std::abs(sample));
    return highest;
}

} // namespace headroom
