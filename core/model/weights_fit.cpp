// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/weights_fit.h"

#include "core/model/bs_mamba2.h"
#include "core/model/model_outline.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
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
    constexpr std::int64_t perLayer = 40;
    constexpr std::int64_t perBand = 3;
    constexpr std::int64_t perMask = 4;
    return model.layers * perLayer + model.bands * (perBand + model.stems * perMask);
}

void requireSameOutline(const NamedTensors& tensors, const ModelShape& shape, const std::string& file) {
    const ModelOutline given = outlineOf(tensors);
    const ModelOutline own = outlineOf(shape);
    // The number of tensors must match too: a small file could name many stems and bands, and a model of that
    // size takes memory even without parameters.
    if (given == own && 2 * static_cast<std::int64_t>(tensors.size()) >= tensorCount(own))
        return;
    throw Error(ErrorKind::Input,
                fmt::format("the weights do not fit the configuration: the file has {} ({} tensors); the "
                            "configuration has {} (about {} tensors)",
                            outlineText(given), tensors.size(), outlineText(own), tensorCount(own)),
                file, "Use the configuration that the weights were trained with (--config).");
}

} // namespace

void requireBsMamba2(const NamedTensors& tensors, const std::string& file) {
    const ModelOutline outline = outlineOf(tensors);
    if (outline.isRoformer)
        throw Error(
            ErrorKind::Input,
            fmt::format("these are the weights of a RoFormer ({}), not of a BSMamba2", outlineText(outline)),
            file, "Choose the weights of a BSMamba2.");
    if (tensors.empty())
        throw Error(ErrorKind::Input, "the file contains no tensors", file);
    if (outline.bands == 0 && outline.stems == 0)
        throw Error(ErrorKind::Input,
                    "the file contains no parameters of a BSMamba2; it contains, for example, " +
                        firstNames(tensors),
                    file,
                    "Choose the weights of a BSMamba2. If the names have a prefix such as 'module.', convert "
                    "the file with `headroom import`.");
}

LoadReport compareWeights(const NamedTensors& tensors, const ModelShape& shape) {
    return BsMamba2(shape, at::kMeta, at::kFloat, 0).parameters().compare(tensors);
}

void requireFit(const NamedTensors& tensors, const ModelShape& shape, const std::string& file,
                const std::string& remedy) {
    requireBsMamba2(tensors, file);
    requireSameOutline(tensors, shape, file);
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
