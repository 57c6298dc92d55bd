// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <string>

namespace headroom {

/// A picture of audio: from left to right in time, and from 30 Hz up to half the sample rate in octaves of
/// the same height. The brighter, the louder, from -90 dB to full scale.
struct SpectrogramPicture {
    int width = 0; ///< pixels
    int height = 0;
    std::string png; ///< the contents of the file
};

/// @param audio not empty; long audio has wider columns
SpectrogramPicture spectrogramPicture(const AudioBuffer& audio, int sampleRate);

} // namespace headroom
