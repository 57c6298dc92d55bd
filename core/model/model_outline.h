// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/model_shape.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace headroom {

/// Main sizes of a band-split model, read from the names and shapes of its tensors; zero if unknown. Allows
/// comparing a file with a configuration without building the model.
struct ModelOutline {
    std::int64_t layers = 0;
    std::int64_t stems = 0;
    std::int64_t width = 0; ///< hidden_dim
    std::int64_t bands = 0;
    std::int64_t channels = 0; ///< unknown of overlapping bands
    ModelKind kind = ModelKind::BsMamba2;

    bool operator==(const ModelOutline&) const = default;
};

ModelOutline outlineOf(const std::map<std::string, at::Tensor>& tensors);
ModelOutline outlineOf(const ModelShape& shape);

/// "BSMamba2", "BS-RoFormer" or "Mel-Band RoFormer".
const char* modelTitle(ModelKind kind);

/// "3 layers, 1 stem, width 32, 62 bands, 2 channels"; "no band-split model" if nothing is known.
std::string outlineText(const ModelOutline& outline);

} // namespace headroom
