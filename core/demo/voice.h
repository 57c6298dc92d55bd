#pragma once

#include "core/demo/random.h"
#include "core/demo/score.h"

#include <span>

namespace headroom::demo {

/// Sings the syllables into `out` (mono, adds): glottal pulses with vibrato and glides through formants,
/// noise for breath and consonants. Exactly silent between phrases.
void renderVoice(const Singer& singer, const std::vector<Syllable>& syllables, Random random,
                 std::span<float> out);

} // namespace headroom::demo
