#pragma once

#include "core/model/model_shape.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace headroom {

/// What the names and shapes of a file's tensors tell of the band-split model that they belong to; zero where
/// they tell nothing. Cheap: no model is built, so that a file can be compared with a configuration before
/// that takes memory.
struct ModelOutline {
    std::int64_t layers = 0;
    std::int64_t stems = 0;
    std::int64_t width = 0; ///< hidden_dim
    std::int64_t bands = 0;
    std::int64_t channels = 0;
    bool isRoformer = false; ///< attention where BSMamba2 has a scan

    bool operator==(const ModelOutline&) const = default;
};

ModelOutline outlineOf(const std::map<std::string, at::Tensor>& tensors);
ModelOutline outlineOf(const ModelShape& shape);

/// "3 layers, 1 stem, width 32, 62 bands, 2 channels"; "no band-split model" where nothing is known.
std::string outlineText(const ModelOutline& outline);

} // namespace headroom
