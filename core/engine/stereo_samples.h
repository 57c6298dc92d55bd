#pragma once

#include "core/audio/audio_buffer.h"
#include "core/values/playback_audio.h"

#include <span>

namespace headroom {

/// A stereo sound, left and right by turns, as one that is ordered by channel.
AudioBuffer planarSound(std::span<const float> samples);

/// The other way; mono is doubled. @param sound one or two channels
AudioBlock audioBlock(const AudioBuffer& sound);

} // namespace headroom
