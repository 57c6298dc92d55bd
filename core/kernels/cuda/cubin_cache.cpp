// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/cubin_cache.h"

#include "core/support/atomic_file.h"
#include "core/support/cache_folder.h"
#include "core/support/log.h"
#include "core/weights/content_hash.h"

#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <iterator>

namespace headroom {
namespace {

constexpr std::size_t hashSize = 16; // hexadecimal digits at the end of a file

std::string hashOf(const std::string& bytes) {
    ContentHash hash;
    hash.add(bytes);
    return hash.value();
}

} // namespace

std::filesystem::path CubinCache::fileOf(const std::vector<std::string>& key) const {
    ContentHash hash;
    for (const std::string& part : key) {
        // The lengths separate the parts: different keys have different bytes.
        hash.add(fmt::format("{}:", part.size()));
        hash.add(part);
    }
    return folder_ / (hash.value() + ".cubin");
}

std::optional<std::string> CubinCache::find(const std::vector<std::string>& key) const {
    if (folder_.empty())
        return std::nullopt;
    std::ifstream file(fileOf(key), std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (content.size() <= hashSize)
        return std::nullopt;
    const std::string hash = content.substr(content.size() - hashSize);
    content.resize(content.size() - hashSize);
    return hashOf(content) == hash ? std::optional(std::move(content)) : std::nullopt;
}

void CubinCache::store(const std::vector<std::string>& key, const std::string& cubin) const {
    if (folder_.empty())
        return;
    try {
        std::filesystem::create_directories(folder_);
        writeFileAtomically(fileOf(key), cubin + hashOf(cubin), AtomicFile::Link::Replace);
    } catch (const std::exception& error) {
        log(LogCategory::Cards, LogLevel::Warning,
            fmt::format("a compiled kernel cannot be stored: {}", error.what()));
    }
}

std::filesystem::path kernelCacheFolder() {
    const std::filesystem::path folder = cacheFolder();
    return folder.empty() ? folder : folder / "kernels";
}

} // namespace headroom
