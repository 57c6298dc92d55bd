#pragma once

#include "core/demo/random.h"
#include "core/demo/score.h"

#include <span>

/// The instruments. Each adds mono sound to `out`; notes that begin after its end are not heard.
namespace headroom::demo {

enum class BassTimbre { Fingered, Synth, Sub };
enum class KeysTimbre { ElectricPiano, Organ, Pad, Pluck };

void renderBass(BassTimbre timbre, const std::vector<Note>& notes, std::span<float> out);
void renderKeys(KeysTimbre timbre, const std::vector<Note>& notes, Random random, std::span<float> out);
/// The hits of this drum alone; each kit, made by `random`, sounds a little different.
void renderDrum(Drum drum, const std::vector<DrumHit>& hits, Random random, std::span<float> out);

} // namespace headroom::demo
