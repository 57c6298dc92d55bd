// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/weights_fit.h"

#include "core/config/model_kind.h"
#include "core/model/band_split_model.h"
#include "core/model/derived_tensors.h"
#include "core/model/inferred_model.h"
#include "core/model/model_outline.h"
#include "core/model/model_shape.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

constexpr std::size_t mostListed = 3;

/// "; missing: a, b and 3 more", or nothing.
std::string listed(const std::string& title, const std::vector<std::string>& names) {
    if (names.empty())
        return {};
    const auto first = names.begin();
    const std::size_t count = std::min(mostListed, names.size());
    std::string text =
        fmt::format("; {}: {}", title, fmt::join(first, first + static_cast<std::ptrdiff_t>(count), ", "));
    return names.size() <= count ? text : fmt::format("{} and {} more", text, names.size() - count);
}

std::string firstNames(const NamedTensors& tensors) {
    std::vector<std::string> names;
    for (auto one = tensors.begin(); one != tensors.end() && names.size() < mostListed; ++one)
        names.push_back(one->first);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Whether the name is that of a trained tensor. Others are buffers, which do not affect the output.
bool isLearned(const std::string& name) {
    constexpr std::array<std::string_view, 3> parts = {"layers.", "band_split.", "mask_estimators."};
    constexpr std::array<std::string_view, 7> endings = {"weight", "bias",    "gamma", "beta",
                                                         "A_log",  "dt_bias", "D"};
    return std::ranges::any_of(parts, [&](std::string_view part) { return name.starts_with(part); }) ||
           std::ranges::find(endings, name.substr(name.rfind('.') + 1)) != endings.end();
}

/// Approximate number of tensors of a model.
std::int64_t tensorCount(const ModelOutline& model) {
    const bool isMamba = model.kind == ModelKind::BsMamba2;
    const std::int64_t perLayer = isMamba ? 40 : 20;
    const std::int64_t perMask = isMamba ? 4 : 2;
    constexpr std::int64_t perBand = 3;
    return model.layers * perLayer + model.bands * (perBand + model.stems * perMask);
}

void requireSameOutline(const NamedTensors& tensors, const ModelShape& shape, const std::string& file) {
    const ModelOutline given = outlineOf(tensors);
    const ModelOutline own = outlineOf(shape);
    // The number of tensors must match too: a small file could name many stems and bands, and a model of that
    // size takes memory even without parameters.
    const bool hasEnough = 2 * static_cast<std::int64_t>(tensors.size()) >= tensorCount(own);
    if (given == own && hasEnough)
        return;
    throw Error(
        ErrorKind::Input,
        fmt::format("the weights do not fit the configuration: the file has {}{}; the configuration has {}{}",
                    outlineText(given), hasEnough ? "" : fmt::format(" in {} tensors", tensors.size()),
                    outlineText(own), hasEnough ? "" : fmt::format(" in about {}", tensorCount(own))),
        file, "Use the configuration that the weights were trained with (--config).");
}

/// The sizes that the outline lacks; absent if no model can be inferred from the tensors.
std::optional<ModelShape> inferredShape(const NamedTensors& tensors, const std::string& file) {
    try {
        return modelShape(inferModel(tensors, file).config);
    } catch (const Error&) {
        return std::nullopt; // the comparison of all tensors names what is wrong
    }
}

void requireSameSizes(const NamedTensors& tensors, const ModelShape& shape, const std::string& file,
                      const std::string& remedy) {
    const std::optional<ModelShape> given = inferredShape(tensors, file);
    if (!given)
        return;
    constexpr std::pair<std::int64_t ModelShape::*, const char*> sizes[] = {
        {&ModelShape::dState, "model.d_state"},
        {&ModelShape::dConv, "model.d_conv"},
        {&ModelShape::expand, "model.expand"},
        {&ModelShape::headdim, "model.headdim"},
        {&ModelShape::attentionHeads, "model.heads"},
        {&ModelShape::headWidth, "model.dim_head"},
        {&ModelShape::timeDepth, "model.time_transformer_depth"},
        {&ModelShape::bandDepth, "model.freq_transformer_depth"},
        {&ModelShape::linearDepth, "model.linear_transformer_depth"},
        {&ModelShape::maskLayers, "model.mask_layers"},
        {&ModelShape::maskExpansion, "model.mlp_expansion_factor"},
    };
    std::vector<std::string> differences;
    for (const auto& [size, key] : sizes) {
        const bool isVisible = size != &ModelShape::maskExpansion || given->maskLayers > 1;
        if (isVisible && (*given).*size != shape.*size)
            differences.push_back(fmt::format("{} is {}, not {}", key, (*given).*size, shape.*size));
    }
    if (given->polarPositions != shape.polarPositions)
        differences.push_back(
            fmt::format("model.use_pope is {}, not {}", given->polarPositions, shape.polarPositions));
    // Bands of unusual transforms can be read as those of other channels.
    if (given->channels == shape.channels && given->bands != shape.bands)
        differences.emplace_back("its bands have other widths");
    if (!differences.empty())
        throw Error(ErrorKind::Input,
                    fmt::format("the weights do not fit the configuration: in the file, which has {}, {}",
                                outlineText(outlineOf(tensors)), fmt::join(differences, ", ")),
                    file, remedy);
}

} // namespace

void requireKind(const NamedTensors& tensors, ModelKind kind, const std::string& file) {
    const ModelOutline outline = outlineOf(tensors);
    const std::string wanted = modelTitle(kind);
    if (tensors.empty())
        throw Error(ErrorKind::Input, "the file contains no tensors", file);
    if (outline.bands == 0 && outline.stems == 0)
        throw Error(
            ErrorKind::Input,
            fmt::format("the file contains no parameters of a {}; it contains, for example, {}", wanted,
                        firstNames(tensors)),
            file,
            fmt::format("Choose the weights of a {}. If the names have a prefix such as 'module.', convert "
                        "the file with `headroom import`.",
                        wanted));
    if (outline.kind != kind)
        throw Error(ErrorKind::Input,
                    fmt::format("these are the weights of a {} ({}), not of a {}", modelTitle(outline.kind),
                                outlineText(outline), wanted),
                    file,
                    fmt::format("Choose the weights of a {}, or a configuration with model.kind: {} "
                                "(training.model_type in a file of MSST).",
                                wanted, modelKindName(outline.kind)));
}

LoadReport compareWeights(const NamedTensors& tensors, const ModelShape& shape) {
    LoadReport report = BandSplitModel(shape, at::kMeta, at::kFloat, 0).parameters().compare(tensors);
    std::erase_if(report.unexpected,
                  [&shape](const std::string& name) { return isDerivedTensor(name, shape); });
    return report;
}

void requireFit(const NamedTensors& tensors, const ModelShape& shape, const std::string& file,
                const std::string& remedy) {
    requireKind(tensors, shape.kind, file);
    requireSameOutline(tensors, shape, file);
    requireSameSizes(tensors, shape, file, remedy);
    LoadReport report = compareWeights(tensors, shape);
    std::erase_if(report.unexpected, [](const std::string& name) { return !isLearned(name); });
    if (report.complete())
        return;
    throw Error(ErrorKind::Input,
                "the weights do not fit the configuration" + listed("wrong shape", report.wrongShape) +
                    listed("missing", report.missing) + listed("unexpected", report.unexpected),
                file, remedy);
}

} // namespace headroom
