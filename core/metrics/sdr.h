#pragma once

#include "core/audio/audio_buffer.h"
#include "core/values/events.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace headroom {

/// The signal-to-distortion ratios that the field reports, in dB. Throughout: sums are over frames and
/// channels, in double; an estimate shorter than its reference is followed by zeros, a longer one is cut;
/// both must have the same channels (Error otherwise). A perfect estimate scores infinity. Any thread.

/// BSSEval v4 SDR of each window, 10 log10(sum s^2 / sum (s - e)^2), target alone. NaN where the reference or
/// the estimate is silent (see isSilent).
std::vector<double> windowSdr(const AudioBuffer& reference, const AudioBuffer& estimate, std::int64_t window,
                              std::int64_t hop);

/// "Chunk SDR": the median of windowSdr over windows of one second without overlap, silent ones dropped.
/// Absent where every window is dropped.
std::optional<double> cSdr(const AudioBuffer& reference, const AudioBuffer& estimate, int sampleRate);

/// "Utterance SDR" of the whole song: 10 log10((sum s^2 + 1e-7) / (sum (s - e)^2 + 1e-7)).
double uSdr(const AudioBuffer& reference, const AudioBuffer& estimate);

/// Scale-invariant SDR of the whole song: 10 log10(|a s|^2 / |a s - e|^2) with a = <e, s> / <s, s>. Absent
/// where the reference or the estimate is all zeros.
std::optional<double> siSdr(const AudioBuffer& reference, const AudioBuffer& estimate);

/// All three.
StemScore scoreStem(const AudioBuffer& reference, const AudioBuffer& estimate, int sampleRate);

/// What silence would score, the least that an estimate must beat. cSDR is 0 dB: silent estimates, which
/// would be dropped, are kept here. SI-SDR is not defined.
StemScore scoreSilence(const AudioBuffer& reference, int sampleRate);

/// One score for many songs: the median of cSDR, the mean of uSDR and of SI-SDR, over the songs that have
/// one.
StemScore scoreOverSongs(std::span<const StemScore> songs);

} // namespace headroom
