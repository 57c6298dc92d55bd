// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/model_outline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>
#include <string_view>
#include <vector>

namespace headroom {
namespace {

/// Distinct numbers after `prefix` in names such as "layers.3.0.norm.weight". Counts them instead of taking
/// the largest, so that a single name cannot claim a large model.
class NumberSet {
public:
    explicit NumberSet(std::string_view prefix) : prefix_(prefix) {}
    void add(std::string_view name) {
        if (!name.starts_with(prefix_))
            return;
        const std::string_view rest = name.substr(prefix_.size());
        std::int64_t number = 0;
        const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (parsed.ec == std::errc() && parsed.ptr != rest.data() + rest.size() && *parsed.ptr == '.')
            numbers_.insert(number);
    }
    std::int64_t count() const { return static_cast<std::int64_t>(numbers_.size()); }

private:
    std::string_view prefix_;
    std::set<std::int64_t> numbers_;
};

std::string counted(std::int64_t count, const char* one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// Channels from the total number of band features: bins times channels times real and imaginary part. The
/// number of bins is odd. With overlapping bands any number is possible.
std::int64_t channelsOf(ModelKind kind, std::int64_t features) {
    if (features == 0 || kind == ModelKind::MelBandRoformer)
        return 0;
    return features / 2 % 2 == 0 ? 2 : 1;
}

} // namespace

ModelOutline outlineOf(const std::map<std::string, at::Tensor>& tensors) {
    NumberSet layers("layers.");
    NumberSet stems("mask_estimators.");
    NumberSet bands("band_split.to_features.");
    ModelOutline outline;
    std::int64_t features = 0;
    bool hasAttention = false;
    for (const auto& [name, tensor] : tensors) {
        for (NumberSet* numbers : {&layers, &stems, &bands})
            numbers->add(name);
        hasAttention = hasAttention || name.find(".to_qkv.") != std::string::npos;
        const bool ofBand = name.starts_with("band_split.to_features.") && tensor.dim() == 1;
        if (name == "final_norm.gamma" || (ofBand && name.ends_with(".1.bias")))
            outline.width = tensor.numel();
        if (ofBand && name.ends_with(".0.gamma"))
            features += tensor.numel();
    }
    outline.layers = layers.count();
    outline.stems = stems.count();
    outline.bands = bands.count();
    if (hasAttention)
        outline.kind =
            tensors.contains("layers.0.0.norm.gamma") ? ModelKind::MelBandRoformer : ModelKind::BsRoformer;
    outline.channels = channelsOf(outline.kind, features);
    return outline;
}

ModelOutline outlineOf(const ModelShape& shape) {
    const auto bands = static_cast<std::int64_t>(shape.bands.size());
    return {shape.numLayers,
            shape.stems,
            shape.hiddenDim,
            bands,
            channelsOf(shape.kind, shape.bandFeatures(shape.bins())),
            shape.kind};
}

const char* modelTitle(ModelKind kind) {
    switch (kind) {
    case ModelKind::BsMamba2:
        return "BSMamba2";
    case ModelKind::BsRoformer:
        return "BS-RoFormer";
    case ModelKind::MelBandRoformer:
        return "Mel-Band RoFormer";
    }
    return nullptr;
}

std::string outlineText(const ModelOutline& outline) {
    std::vector<std::string> parts;
    if (outline.layers > 0)
        parts.push_back(counted(outline.layers, "layer"));
    if (outline.stems > 0)
        parts.push_back(counted(outline.stems, "stem"));
    if (outline.width > 0)
        parts.push_back(fmt::format("width {}", outline.width));
    if (outline.bands > 0)
        parts.push_back(counted(outline.bands, "band"));
    if (outline.channels > 0)
        parts.push_back(counted(outline.channels, "channel"));
    return parts.empty() ? "no band-split model" : fmt::format("{}", fmt::join(parts, ", "));
}

} // namespace headroom
