// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/band_groups.h"
#include "core/model/initialization.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// The bins of the bands of a group one after the other: a view unless bands overlap. Differentiable.
/// @param spectrogram [batch, channels, frames, bins, {real, imaginary}]
/// @param starts by band: first bin
at::Tensor binsOfGroup(const at::Tensor& spectrogram, const BandGroup& group,
                       const std::vector<std::int64_t>& starts);

/// Maps the bins of every band to a token: a norm and a linear layer per band.
class BandSplit {
public:
    /// Makes the parameters `prefix` + "to_features.<band>.0.gamma", ".1.weight" and ".1.bias".
    BandSplit(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// @param spectrogram [batch, channels, frames, bins, {real, imaginary}]
    /// @param activations dtype of the matrix products and the result
    /// @param slices number of slices of the frames, see evaluate()
    /// @return [bands, batch, frames, d]
    at::Tensor forward(const at::Tensor& spectrogram, at::ScalarType activations, std::int64_t slices) const;

    /// Whether any of its parameters requires gradients.
    bool isTrained() const;

private:
    SlicedFunction groupFunction(const BandGroup& group, const at::Tensor& bins,
                                 at::ScalarType activations) const;

    std::int64_t hiddenDim_;
    std::vector<std::int64_t> starts_; ///< by band: first bin
    std::vector<BandGroup> groups_;
    std::vector<at::Tensor> gamma_;  ///< by band: [n], ordered by bin, channel, {real, imaginary}
    std::vector<at::Tensor> weight_; ///< by band: [d, n]
    std::vector<at::Tensor> bias_;   ///< by band: [d]
};

} // namespace headroom
