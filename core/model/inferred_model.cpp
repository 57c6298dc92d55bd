// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/inferred_model.h"

#include "core/config/config_check.h"
#include "core/config/model_kind.h"
#include "core/model/inferred_bands.h"
#include "core/model/model_outline.h"
#include "core/model/position_names.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

using Tensors = std::map<std::string, at::Tensor>;

constexpr const char* remedy = "Pass the configuration of its model with --config.";

[[noreturn]] void refuse(const std::string& what, const std::string& file) {
    throw Error(ErrorKind::Input, what, file, remedy);
}

/// Sizes of tensors by name, with an Error for one that is not there.
class Sizes {
public:
    Sizes(const Tensors& tensors, const std::string& file) : tensors_(tensors), file_(file) {}

    bool has(const std::string& name) const { return tensors_.contains(name); }
    std::int64_t of(const std::string& name, std::int64_t dimension) const {
        const auto found = tensors_.find(name);
        if (found == tensors_.end())
            refuse(fmt::format("the tensors do not identify the model: there is no '{}'", name), file_);
        if (found->second.dim() <= dimension)
            refuse(fmt::format("the tensors do not identify the model: '{}' has too few dimensions", name),
                   file_);
        return found->second.size(dimension);
    }
    /// Numbers 0, 1, 2 ... for which there is a tensor with this name.
    template <typename NameOf>
    int count(NameOf nameOf) const {
        int number = 0;
        while (has(nameOf(number)))
            ++number;
        return number;
    }
    /// A quotient that must be whole.
    int quotient(std::int64_t whole, std::int64_t part, const char* what) const {
        const std::int64_t result = part < 1 ? 0 : whole / part;
        if (result < 1 || result * part != whole || result > std::numeric_limits<int>::max())
            refuse(
                fmt::format("the tensors do not identify the model: {} would be {} / {}", what, whole, part),
                file_);
        return static_cast<int>(result);
    }
    int whole(std::int64_t size, const char* what) const { return quotient(size, 1, what); }
    const std::string& file() const { return file_; }

private:
    const Tensors& tensors_;
    const std::string& file_;
};

/// Variants of the RoFormers that share most names.
void refuseVariants(const Tensors& tensors, const std::string& file) {
    constexpr std::array<std::pair<std::string_view, const char*>, 2> variants = {{
        {".branch.", "a RoFormer with hyper-connections"},
        {"to_value_residual_mix", "a RoFormer with value residual"},
    }};
    for (const auto& [name, tensor] : tensors) {
        for (const auto& [part, model] : variants) {
            if (name.find(part) != std::string::npos)
                throw Error(ErrorKind::Input,
                            fmt::format("these are the weights of {} ('{}'), which Headroom does not have",
                                        model, name),
                            file, "Headroom has BSMamba2, BS-RoFormer and Mel-Band RoFormer.");
        }
    }
}

ModelKind kindOf(const Tensors& tensors, const std::string& file) {
    if (tensors.empty())
        throw Error(ErrorKind::Input, "the file contains no tensors", file);
    refuseVariants(tensors, file);
    const ModelOutline outline = outlineOf(tensors);
    const bool hasMixers = std::ranges::any_of(
        tensors, [](const auto& entry) { return entry.first.find(".mixer.") != std::string::npos; });
    if (outline.bands == 0 || (outline.kind == ModelKind::BsMamba2 && !hasMixers))
        throw Error(ErrorKind::Input,
                    fmt::format("these are not the weights of a model that Headroom has; the file contains, "
                                "for example, '{}'",
                                tensors.begin()->first),
                    file, "Headroom has BSMamba2, BS-RoFormer and Mel-Band RoFormer.");
    return outline.kind;
}

void inferMixers(ModelConfig& model, const Sizes& sizes) {
    const std::string mixer = "layers.0.0.forward_blocks.0.mixer.";
    const std::int64_t inner = sizes.of(mixer + "norm.weight", 0);
    model.expand = sizes.quotient(inner, model.hiddenDim, "model.expand");
    model.headdim = sizes.quotient(inner, sizes.of(mixer + "dt_bias", 0), "model.headdim");
    const std::int64_t convolved = sizes.of(mixer + "conv1d.weight", 0); // x, and B and C of d_state each
    model.dState = sizes.quotient(convolved - inner, 2, "model.d_state");
    model.dConv = sizes.whole(sizes.of(mixer + "conv1d.weight", 2), "model.d_conv");
}

void inferAttention(ModelConfig& model, const Sizes& sizes) {
    const auto depth = [&](int part) {
        return sizes.count(
            [=](int block) { return fmt::format("layers.0.{}.layers.{}.1.net.1.weight", part, block); });
    };
    int part = 0;
    if (sizes.has("layers.0.0.layers.0.0.temperature"))
        model.linearTransformerDepth = depth(part++);
    const std::string attention = fmt::format("layers.0.{}.layers.0.0.", part);
    model.heads = sizes.whole(sizes.of(attention + "to_gates.weight", 0), "model.heads");
    model.dimHead = sizes.quotient(sizes.of(attention + "to_qkv.weight", 0), std::int64_t{3} * model.heads,
                                   "model.dim_head");
    model.usePope = sizes.has(attention + std::string(biasName));
    model.timeTransformerDepth = depth(part++);
    model.freqTransformerDepth = depth(part);
}

void inferMasks(ModelConfig& model, const Tensors& tensors, const Sizes& sizes) {
    model.maskLayers = countMaskLayers(tensors);
    // A single layer has no hidden width.
    if (model.maskLayers > 1)
        model.mlpExpansionFactor = sizes.quotient(sizes.of("mask_estimators.0.to_freqs.0.0.0.weight", 0),
                                                  model.hiddenDim, "model.mlp_expansion_factor");
}

/// Names that programs use for this number of stems, in their usual order.
std::vector<std::string> usualStems(std::int64_t count) {
    switch (count) {
    case 1:
        return {"vocals"};
    case 2:
        return {"vocals", "other"};
    case 4:
        return {"drums", "bass", "other", "vocals"};
    case 6:
        return {"bass", "drums", "other", "vocals", "guitar", "piano"};
    default:
        break;
    }
    std::vector<std::string> names;
    for (std::int64_t stem = 1; stem <= count; ++stem)
        names.push_back(fmt::format("stem_{}", stem));
    return names;
}

std::vector<std::string> assumedOptions(const ModelConfig& model) {
    std::vector<std::string> keys = {"audio.hop_length", "data.targets"};
    if (model.kind != ModelKind::MelBandRoformer) // the rate follows from its bands
        keys.emplace_back("audio.sample_rate");
    if (model.kind != ModelKind::BsMamba2)
        keys.insert(keys.end(), {"model.win_length", "model.zero_dc", "model.skip_connection"});
    keys.emplace_back("separation.chunk_seconds");
    return keys;
}

} // namespace

int countMaskLayers(const Tensors& tensors) {
    int layers = 0;
    while (tensors.contains(fmt::format("mask_estimators.0.to_freqs.0.0.{}.weight", 2 * layers)))
        ++layers;
    return layers;
}

InferredModel inferModel(const Tensors& tensors, const std::string& file) {
    InferredModel inferred;
    RunConfig& config = inferred.config;
    changeModelKind(config, kindOf(tensors, file));
    const Sizes sizes(tensors, file);
    const auto band = [](int number) { return fmt::format("band_split.to_features.{}.0.gamma", number); };
    std::vector<std::int64_t> features(static_cast<std::size_t>(sizes.count(band)));
    for (std::size_t i = 0; i < features.size(); ++i)
        features[i] = sizes.of(band(static_cast<int>(i)), 0);
    if (!setInferredBands(config, features))
        refuse(fmt::format("the {} bands of this {} match no usual sample rate and transform length",
                           features.size(), modelTitle(config.model.kind)),
               file);
    // The usual hop, unless it would leave gaps between such short windows.
    config.audio.hopLength = std::min(config.audio.hopLength, config.audio.nFft / 4);

    ModelConfig& model = config.model;
    model.hiddenDim = sizes.whole(sizes.of("band_split.to_features.0.1.weight", 0), "model.hidden_dim");
    const ModelOutline outline = outlineOf(tensors);
    model.numLayers = sizes.whole(outline.layers, "model.num_layers");
    config.data.targets = usualStems(sizes.whole(outline.stems, "the number of stems"));
    if (model.kind == ModelKind::BsMamba2)
        inferMixers(model, sizes);
    else {
        inferAttention(model, sizes);
        inferMasks(model, tensors, sizes);
    }
    try {
        checkConfig(config, {});
    } catch (const Error& error) {
        refuse(fmt::format("the tensors are those of a model that Headroom does not have: {}", error.what()),
               file);
    }
    inferred.assumed = assumedOptions(model);
    return inferred;
}

} // namespace headroom
