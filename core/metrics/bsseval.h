#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// The scores of one source in each window, in dB. NaN where any reference or estimate that counts is silent
/// in the window (see isSilent).
struct BssScores {
    std::vector<double> sdr; ///< source to distortion: everything that is not the source
    std::vector<double> isr; ///< source image to spatial distortion: the source, but filtered
    std::vector<double> sir; ///< source to interference: what comes of the other sources
    std::vector<double> sar; ///< source to artifacts: what comes of no source
};

/// BSSEval version 4 (Vincent et al. 2006; Stöter, Liutkus and Ito 2018), as museval computes it. What an
/// estimate owes to the references is its projection on all of them delayed by 0 ... 511 frames; the filters
/// of that projection are found once, over the whole signals, and the energies taken window by window. An
/// estimate shorter than its reference is followed by zeros, a longer one is cut.
///
/// Returns one entry a source. A source whose reference or estimate is silent throughout, for which museval
/// gives up, has empty scores. Such a reference is left out; that of a silent estimate still interferes.
/// With a single source nothing interferes: SIR is infinite.
///
/// @param references  all of the same channels and frames
/// @param estimates   one a reference, with the same channels
/// @param window, hop frames; a window longer than the signals is the whole of them
/// Throws Error where counts, channels or lengths disagree. Any thread.
std::vector<BssScores> bssEval(std::span<const AudioBuffer> references,
                               std::span<const AudioBuffer> estimates, std::int64_t window, std::int64_t hop);

} // namespace headroom
