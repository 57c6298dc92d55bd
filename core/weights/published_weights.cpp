#include "core/weights/published_weights.h"

#include "core/support/error.h"
#include "core/weights/input_file.h"
#include "core/weights/torch_archive.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace headroom {
namespace {

bool isZip(const std::string& path) {
    constexpr std::array<char, 4> signature = {'P', 'K', 3, 4};
    std::array<char, signature.size()> start{};
    InputFile file(path);
    if (file.size() < start.size())
        return false;
    file.read(start.data(), start.size());
    return start == signature;
}

} // namespace

TensorMap readPublishedWeights(const std::string& path) {
    constexpr std::string_view prefix = "model.";
    TensorMap found = isZip(path) ? readTorchArchive(path) : readSafetensors(path).tensors;
    TensorMap weights;
    for (auto& [name, tensor] : found) {
        const std::string own = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
        if (!weights.emplace(own, std::move(tensor)).second) {
            throw Error(ErrorKind::Input,
                        fmt::format("holds '{}' both with and without the prefix '{}'", own, prefix), path);
        }
    }
    return weights;
}

} // namespace headroom
