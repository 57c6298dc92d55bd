#pragma once

#include <vector>

namespace headroom {

/// The widths, in STFT bins and from low to high, of the bands that the model reads and writes.
///
/// 62 is the paper's plan (arXiv 2508.14556) for n_fft 2048: 24x2, 12x4, 8x12, 8x24, 8x48, 128, 129 = 1025
/// bins. Fewer: merge, again and again, the neighbouring pair with the smallest sum among those whose merging
/// keeps the widths non-decreasing (at ties the highest in frequency). More: halve the widest band wider than
/// 1 whose halving (lower half rounded down) keeps them non-decreasing (at ties the lowest).
/// @param numSubbands 16 ... 128; anything else throws Error.
std::vector<int> bandPlan(int numSubbands);

} // namespace headroom
