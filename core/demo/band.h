// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/demo/random.h"
#include "core/demo/score.h"

#include <span>

/// The instruments. Each adds mono audio to `out` and ignores notes that start after its end.
namespace headroom::demo {

enum class BassTimbre { Fingered, Synth, Sub };
enum class KeysTimbre { ElectricPiano, Organ, Pad, Pluck };

void renderBass(BassTimbre timbre, const std::vector<Note>& notes, std::span<float> out);
void renderKeys(KeysTimbre timbre, const std::vector<Note>& notes, Random random, std::span<float> out);
/// Renders the hits of one drum. `random` varies the sound of the kit.
void renderDrum(Drum drum, const std::vector<DrumHit>& hits, Random random, std::span<float> out);

} // namespace headroom::demo
