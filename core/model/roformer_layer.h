// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/transformer.h"

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The biases of polar positions, which all layers share: [heads, e]; undefined with rotary positions.
struct PolarBiases {
    at::Tensor time;
    at::Tensor bands;
};

/// Makes them under the names of the first layer of the model.
/// @param prefix of that layer
PolarBiases makePolarBiases(const ModelShape& shape, const std::string& prefix, Initialization& init);

/// A layer of a RoFormer: linear attention over all tokens if shape.linearDepth > 0, attention along time,
/// and attention along bands.
class RoformerLayer : public Layer {
public:
    /// Makes the parameters `prefix` + "0." ..., one more number for each part.
    RoformerLayer(const ModelShape& shape, const std::string& prefix, const PolarBiases& biases,
                  Initialization& init);

    at::Tensor forward(const at::Tensor& tokens, const LayerRun& run) const override;
    std::vector<at::Tensor> parameters() const override;

private:
    std::optional<Transformer> linear_;
    std::optional<Transformer> time_;
    std::optional<Transformer> bands_;
};

} // namespace headroom
