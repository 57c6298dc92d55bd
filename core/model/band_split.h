#pragma once

#include "core/model/band_groups.h"
#include "core/model/initialization.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// A norm and a linear layer of its own for every band, from its bins to a token.
class BandSplit {
public:
    /// Makes the parameters `prefix` + "to_features.<band>.0.gamma", ".1.weight" and ".1.bias".
    BandSplit(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// @param spectrogram [batch, channels, frames, bins, {real, imaginary}]
    /// @param activations dtype of the matrix products and the result
    /// @param slices of frames, see evaluate()
    /// @return [bands, batch, frames, d]
    at::Tensor forward(const at::Tensor& spectrogram, at::ScalarType activations, std::int64_t slices) const;

private:
    SlicedFunction ofGroup(const BandGroup& group, const at::Tensor& bins, at::ScalarType activations) const;

    std::int64_t hiddenDim_;
    std::vector<BandGroup> groups_;
    std::vector<at::Tensor> gamma_;  ///< by band: [n], ordered by bin, channel, {real, imaginary}
    std::vector<at::Tensor> weight_; ///< by band: [d, n]
    std::vector<at::Tensor> bias_;   ///< by band: [d]
};

} // namespace headroom
