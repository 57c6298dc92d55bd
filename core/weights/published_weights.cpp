// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/published_weights.h"

#include "core/support/error.h"
#include "core/weights/file_format.h"
#include "core/weights/torch_archive.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
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

PublishedWeights readArchive(const std::string& path) {
    TorchArchive archive = readTorchArchive(path);
    PublishedWeights weights{std::move(archive.tensors), {}, {}};
    const std::size_t sets = archive.otherSets.size() + 1;
    constexpr std::size_t maximumListed = 5;
    archive.otherSets.resize(std::min(archive.otherSets.size(), maximumListed));
    if (sets > 1)
        weights.notices.push_back(
            fmt::format("The checkpoint contains {} sets of weights: used '{}', ignored '{}'.", sets,
                        archive.set, fmt::join(archive.otherSets, "', '")));
    return weights;
}

PublishedWeights readAny(const std::string& path) {
    if (weightsFormat(path) == WeightsFormat::TorchArchive)
        return readArchive(path);
    Safetensors file = readChangedSafetensors(path);
    PublishedWeights weights{std::move(file.tensors), std::move(file.metadata), {}};
    if (!file.isUnchanged)
        weights.notices.emplace_back(
            "The checksum does not match: another program changed the file, or it is damaged. It is used "
            "anyway.");
    return weights;
}

} // namespace

PublishedWeights readPublishedWeights(const std::string& path) {
    PublishedWeights weights = readAny(path);
    TensorMap emaTensors;
    for (auto& [name, tensor] : std::exchange(weights.tensors, {})) {
        const std::size_t length = prefixLength(name);
        const bool isEma = std::string_view(name).substr(0, length).find(emaPrefix) != std::string_view::npos;
        const std::string bareName = name.substr(length);
        if (!(isEma ? emaTensors : weights.tensors).emplace(bareName, tensor).second)
            throw Error(ErrorKind::Input,
                        fmt::format("the file contains '{}' twice, with different prefixes", bareName), path,
                        "Save only one of the two sets of weights.");
    }
    const bool hasBoth = std::ranges::any_of(
        emaTensors, [&](const auto& entry) { return weights.tensors.contains(entry.first); });
    if (hasBoth)
        weights.notices.emplace_back(
            "The file contains both weights and their EMA (ema_model): used the weights, "
            "ignored the EMA.");
    else
        weights.tensors.merge(emaTensors);
    return weights;
}

} // namespace headroom
