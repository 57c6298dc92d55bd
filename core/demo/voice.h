// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/demo/random.h"
#include "core/demo/score.h"

#include <span>

namespace headroom::demo {

/// Adds the sung syllables to `out` (mono): glottal pulses with vibrato and pitch glides, filtered by
/// formants, and noise for breath and consonants. Exactly silent between phrases.
void renderVoice(const Singer& singer, const std::vector<Syllable>& syllables, Random random,
                 std::span<float> out);

} // namespace headroom::demo
