// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/published_weights.h"

#include "core/support/error.h"
#include "core/support/log.h"
#include "core/weights/file_format.h"
#include "core/weights/torch_archive.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

constexpr std::string_view emaPrefix = "ema_model.";
constexpr std::array<std::string_view, 4> prefixes = {"model.", "module.", "_orig_mod.", emaPrefix};

/// Total length of all prefixes at the start of a name.
std::size_t prefixLength(std::string_view name) {
    std::size_t length = 0;
    for (bool found = true; found;) {
        const std::string_view rest = name.substr(length);
        const auto prefix = std::ranges::find_if(
            prefixes, [rest](std::string_view candidate) { return rest.starts_with(candidate); });
        found = prefix != prefixes.end();
        length += found ? prefix->size() : 0;
    }
    return length;
}

PublishedWeights fromArchive(TorchArchive archive) {
    PublishedWeights weights;
    weights.tensors = std::move(archive.tensors);
    weights.isAverage = isAverageSet(archive.set);
    const std::size_t sets = archive.otherSets.size() + 1;
    constexpr std::size_t maximumListed = 5;
    archive.otherSets.resize(std::min(archive.otherSets.size(), maximumListed));
    if (sets > 1)
        weights.notices.push_back(
            fmt::format("The checkpoint contains {} sets of weights: used '{}', ignored '{}'.", sets,
                        archive.set, fmt::join(archive.otherSets, "', '")));
    return weights;
}

/// Weights with their names in the file.
PublishedWeights readAny(const std::string& path, const TensorFilter& wanted, WeightSet set) {
    if (weightsFormat(path) == WeightsFormat::TorchArchive)
        return fromArchive(readTorchArchive(path, wanted, set));
    Safetensors file = readChangedSafetensors(path, wanted);
    PublishedWeights weights;
    weights.tensors = std::move(file.tensors);
    weights.metadata = std::move(file.metadata);
    weights.isUnchanged = file.isUnchanged;
    if (!file.isUnchanged)
        weights.notices.emplace_back(
            "The checksum does not match: another program changed the file, or it is damaged. It is used "
            "anyway.");
    return weights;
}

PublishedWeights readAnyOutline(const std::string& path, WeightSet set) {
    if (weightsFormat(path) == WeightsFormat::TorchArchive)
        return fromArchive(readTorchShapes(path, set));
    Safetensors file = readSafetensorsOutline(path);
    PublishedWeights weights;
    weights.tensors = std::move(file.tensors);
    weights.metadata = std::move(file.metadata);
    return weights;
}

/// The tensors of a file to use.
struct Selection {
    std::map<std::string, std::string> names; ///< without prefixes, and in the file
    bool ignoresEma = false;
    bool isAverage = false;
};

/// @param weights all tensors of the file
Selection select(const PublishedWeights& weights, const std::string& path, WeightSet set) {
    Selection selection;
    std::map<std::string, std::string> emaNames;
    for (const auto& [name, tensor] : weights.tensors) {
        const std::size_t length = prefixLength(name);
        const bool isEma = std::string_view(name).substr(0, length).find(emaPrefix) != std::string_view::npos;
        const std::string bareName = name.substr(length);
        if (!(isEma ? emaNames : selection.names).emplace(bareName, name).second)
            throw Error(ErrorKind::Input,
                        fmt::format("the file contains '{}' twice, with different prefixes", bareName), path,
                        "Save only one of the two sets of weights.");
    }
    selection.isAverage = weights.isAverage;
    if (set == WeightSet::Average && !weights.isAverage) {
        if (emaNames.empty())
            throw Error(ErrorKind::Input, "the file contains no EMA of the weights", path,
                        "Use its weights as they were trained.");
        selection.names = std::move(emaNames);
        selection.isAverage = true;
        return selection;
    }
    selection.ignoresEma = std::ranges::any_of(
        emaNames, [&](const auto& entry) { return selection.names.contains(entry.first); });
    if (!selection.ignoresEma)
        selection.names.merge(emaNames);
    return selection;
}

/// Quantized weights lack the scales that turn them into numbers.
void requireFloatingPoint(const PublishedWeights& weights, const std::string& path) {
    for (const auto& [name, tensor] : weights.tensors) {
        if (!tensor.is_floating_point())
            throw Error(ErrorKind::Input,
                        fmt::format("'{}' holds integers, but weights are floating-point numbers", name),
                        path, "If the file is quantized, use the original weights.");
    }
}

/// Gives the tensors that were read their names without prefixes.
PublishedWeights renamed(PublishedWeights weights, const Selection& selection) {
    const TensorMap read = std::exchange(weights.tensors, {});
    for (const auto& [bareName, name] : selection.names) {
        if (const auto found = read.find(name); found != read.end())
            weights.tensors.emplace(bareName, found->second);
    }
    weights.isAverage = selection.isAverage;
    if (selection.ignoresEma)
        weights.notices.emplace_back(
            "The file contains both weights and their EMA (ema_model): used the weights, "
            "ignored the EMA.");
    return weights;
}

} // namespace

PublishedWeights readPublishedWeights(const std::string& path, const TensorFilter& wanted, WeightSet set) {
    const Selection selection = select(readAnyOutline(path, set), path, set);
    std::set<std::string> wantedNames; // in the file
    for (const auto& [bareName, name] : selection.names) {
        if (!wanted || wanted(bareName))
            wantedNames.insert(name);
    }
    PublishedWeights weights =
        renamed(readAny(
                    path, [&](const std::string& name) { return wantedNames.contains(name); }, set),
                selection);
    requireFloatingPoint(weights, path);
    log(LogCategory::Weights, LogLevel::Info,
        fmt::format("{}: {} tensors, {} notices", path, weights.tensors.size(), weights.notices.size()));
    return weights;
}

PublishedWeights readWeightsOutline(const std::string& path, WeightSet set) {
    PublishedWeights outline = readAnyOutline(path, set);
    const Selection selection = select(outline, path, set);
    return renamed(std::move(outline), selection);
}

} // namespace headroom
