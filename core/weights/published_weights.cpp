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

constexpr std::string_view averagePrefix = "ema_model.";
constexpr std::array<std::string_view, 4> prefixes = {"model.", "module.", "_orig_mod.", averagePrefix};

/// How many characters of a name are prefixes.
std::size_t prefixLength(std::string_view name) {
    std::size_t length = 0;
    for (bool found = true; found;) {
        const std::string_view rest = name.substr(length);
        const auto prefix =
            std::ranges::find_if(prefixes, [rest](std::string_view one) { return rest.starts_with(one); });
        found = prefix != prefixes.end();
        length += found ? prefix->size() : 0;
    }
    return length;
}

PublishedWeights readArchive(const std::string& path) {
    TorchArchive archive = readTorchArchive(path);
    PublishedWeights weights{std::move(archive.tensors), {}, {}};
    const std::size_t sets = archive.otherSets.size() + 1;
    constexpr std::size_t mostNamed = 5;
    archive.otherSets.resize(std::min(archive.otherSets.size(), mostNamed));
    if (sets > 1)
        weights.notices.push_back(
            fmt::format("The checkpoint holds {} sets of weights: '{}' was taken, not '{}'.", sets,
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
            "The file was changed by another program since Headroom wrote it, or it is damaged: its checksum "
            "does not match. It was taken as it is.");
    return weights;
}

} // namespace

PublishedWeights readPublishedWeights(const std::string& path) {
    PublishedWeights weights = readAny(path);
    TensorMap averages;
    for (auto& [name, tensor] : std::exchange(weights.tensors, {})) {
        const std::size_t length = prefixLength(name);
        const bool isAverage =
            std::string_view(name).substr(0, length).find(averagePrefix) != std::string_view::npos;
        const std::string own = name.substr(length);
        if (!(isAverage ? averages : weights.tensors).emplace(own, tensor).second)
            throw Error(ErrorKind::Input, fmt::format("holds '{}' twice, with and without a prefix", own),
                        path, "Save one of the two sets of weights alone.");
    }
    const bool hasBoth = std::ranges::any_of(
        averages, [&](const auto& average) { return weights.tensors.contains(average.first); });
    if (hasBoth)
        weights.notices.emplace_back("The moving average (ema_model) in the file was left out; the weights "
                                     "themselves were taken.");
    else
        weights.tensors.merge(averages);
    return weights;
}

} // namespace headroom
