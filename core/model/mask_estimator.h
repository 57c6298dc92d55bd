#pragma once

#include "core/model/band_groups.h"
#include "core/model/initialization.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// The mask of one stem: GLU(Linear(tanh(Linear(token)))) of its own for every band.
class MaskEstimator {
public:
    /// Makes the parameters `prefix` + "to_freqs.<band>.0.{0,2}.{weight,bias}".
    MaskEstimator(const ModelShape& shape, const std::string& prefix, Initialization& init);

    /// @param tokens [bands, batch * frames, d], behind the final norm, in the dtype of the matrix products
    /// @return [batch * frames, bins * channels * 2], ordered by bin, channel, {real, imaginary}
    at::Tensor forward(const at::Tensor& tokens) const;

private:
    struct Linear {
        std::vector<at::Tensor> weight; ///< by band: [outputs, inputs]
        std::vector<at::Tensor> bias;   ///< by band: [outputs]
    };

    std::vector<BandGroup> groups_;
    Linear hidden_;
    Linear output_;
};

} // namespace headroom
