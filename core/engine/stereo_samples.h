// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/values/playback_audio.h"

#include <span>

namespace headroom {

/// Converts interleaved stereo samples to a planar buffer.
AudioBuffer planarAudio(std::span<const float> samples);

/// Converts a planar buffer to interleaved stereo; duplicates mono. @param audio one or two channels
AudioBlock audioBlock(const AudioBuffer& audio);

} // namespace headroom
