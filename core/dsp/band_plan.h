// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

namespace headroom {

/// Widths of the model's frequency bands in STFT bins, from low to high frequency.
///
/// 62 bands are the plan of the paper (arXiv 2508.14556) for n_fft 2048: 24x2, 12x4, 8x12, 8x24, 8x48, 128,
/// 129 = 1025 bins. For fewer bands, repeatedly merge the adjacent pair with the smallest sum (on ties, the
/// highest in frequency). For more bands, repeatedly halve the widest band wider than 1, the lower half
/// rounded down (on ties, the lowest). Both only where the widths stay non-decreasing. Throws Error (Input)
/// outside 16 ... 128.
/// @param numSubbands 16 ... 128
std::vector<int> bandPlan(int numSubbands);

} // namespace headroom
