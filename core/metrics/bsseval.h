// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Scores of one stem per window, in dB. NaN in windows in which any scored ground truth or estimate is
/// silent (see isSilent).
struct BssScores {
    std::vector<double> sdr; ///< source to distortion ratio
    std::vector<double> isr; ///< source image to spatial distortion ratio: filtering of the stem
    std::vector<double> sir; ///< source to interference ratio: leakage of other stems
    std::vector<double> sar; ///< source to artifacts ratio: all remaining error
};

/// BSSEval version 4 (Vincent et al. 2006; Stöter, Liutkus and Ito 2018), as computed by museval. An estimate
/// is projected onto the ground truth of all stems, delayed by 0 ... 511 frames. The filters of the
/// projection are computed once over the whole signals, the energies per window. Estimates are zero-padded or
/// truncated to the length of the ground truth.
///
/// Returns one entry per stem. A stem whose ground truth or estimate is entirely silent has empty scores
/// (museval refuses such input). A silent ground truth is excluded; the ground truth of a silent estimate
/// still counts as interference. For a single stem SIR is infinite. Throws Error (Input) if counts, channels
/// or lengths do not match. Any thread.
/// @param truths      ground truth of each stem, all with the same channels and frames
/// @param estimates   one per stem, with the same channels
/// @param window, hop in frames; a window longer than the signals covers all of them
std::vector<BssScores> bssEval(std::span<const AudioBuffer> truths, std::span<const AudioBuffer> estimates,
                               std::int64_t window, std::int64_t hop);

} // namespace headroom
