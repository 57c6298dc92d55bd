// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/torch_pickle.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace headroom {
namespace {

constexpr std::uint64_t maximumPickle = 32 << 20; // usual: a few hundred bytes per tensor

/// Returns the folder of the archive's entries, including the slash.
std::string archiveFolder(const ZipArchive& archive) {
    constexpr std::string_view program = "data.pkl";
    for (const std::string& name : archive.names()) {
        if (name.ends_with(program) && std::count(name.begin(), name.end(), '/') == 1 &&
            name[name.size() - program.size() - 1] == '/')
            return name.substr(0, name.size() - program.size());
    }
    throw Error(ErrorKind::Input, "contains no data.pkl, so it is not a checkpoint of torch.save",
                archive.path());
}

Pickle readPickle(const ZipArchive& archive, const std::string& entry) {
    const auto size = archive.size(entry);
    if (size > maximumPickle) {
        throw Error(ErrorKind::Input,
                    fmt::format("its pickle has {} bytes, more than the maximum of {}", size, maximumPickle),
                    archive.path());
    }
    std::vector<std::byte> bytes(size);
    archive.read(entry, bytes.data());
    return {bytes, archive.path()};
}

void checkByteOrder(const ZipArchive& archive, const std::string& folder) {
    const std::string entry = folder + "byteorder";
    constexpr std::string_view little = "little";
    if (!archive.contains(entry))
        return; // before PyTorch 2.1: little-endian in practice
    std::string order(std::min<std::uint64_t>(archive.size(entry), little.size()), '\0');
    if (archive.size(entry) == little.size())
        archive.read(entry, order.data());
    if (order != little)
        throw Error(ErrorKind::Input, "was written by a big-endian machine", archive.path());
}

} // namespace

TorchPickle::TorchPickle(const std::string& path)
    : archive(path), folder(archiveFolder(archive)), pickle(readPickle(archive, folder + "data.pkl")) {
    checkByteOrder(archive, folder);
}

} // namespace headroom
