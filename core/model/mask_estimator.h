// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/band_groups.h"
#include "core/model/initialization.h"
#include "core/model/scan_form.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// Estimates the mask of one stem: linear layers per band with tanh between them, and a GLU at the end:
/// GLU(Linear(tanh(Linear(norm(token))))) with two layers. The norm, if any, has one gain for all bands.
class MaskEstimator {
public:
    /// Makes the parameters `prefix` + "to_freqs.<band>.0.{0,2,...}.{weight,bias}".
    /// @param gain of the norm, [d]: a parameter that the caller created; undefined: no norm
    MaskEstimator(const ModelShape& shape, const std::string& prefix, at::Tensor gain, Initialization& init);

    /// @param tokens [bands, batch, frames, d] in the dtype of the matrix products
    /// @param slices number of slices of the frames, see evaluate()
    /// @param form of norm and GLU, and of all if infersOnCpu()
    /// @return [batch, channels, frames, bins, {real, imaginary}] in the dtype of the parameters; the bins of
    ///     the bands one after the other, also of overlapping ones
    at::Tensor forward(const at::Tensor& tokens, std::int64_t slices, ScanForm form) const;

    /// Whether any of its parameters requires gradients.
    bool isTrained() const;

private:
    struct Linear {
        std::vector<AdaptedWeight> weight; ///< by band: [outputs, inputs]
        std::vector<at::Tensor> bias;      ///< by band: [outputs]
    };

    at::Tensor inferOnCpu(const at::Tensor& tokens) const;
    at::Tensor inferBand(std::size_t band, const at::Tensor& tokens) const;
    SlicedFunction groupFunction(const BandGroup& group, const at::Tensor& tokens, ScanForm form) const;

    std::int64_t channels_;
    std::vector<BandGroup> groups_;
    at::Tensor gain_;
    std::vector<Linear> layers_; ///< at least one
};

} // namespace headroom
