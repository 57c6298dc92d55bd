// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

struct ModelShape;

/// Averages the masks of overlapping bands, at most two per bin.
class BandAverage {
public:
    BandAverage(const ModelShape& shape, at::Device device);

    /// Differentiable.
    /// @param ofBands [batch, channels, frames, bins of all bands one after the other, {real, imaginary}]
    /// @return [batch, channels, frames, bins, {real, imaginary}]
    at::Tensor forward(const at::Tensor& ofBands) const;

private:
    at::Tensor low_;   ///< [bins], int64: place of a bin in the lower of its bands
    at::Tensor high_;  ///< [bins], int64: in the higher one, which may be the same
    at::Tensor bin_;   ///< [bins of all bands], int64
    at::Tensor share_; ///< [bins of all bands, 1]: 1 / number of the bands of the bin
};

} // namespace headroom
