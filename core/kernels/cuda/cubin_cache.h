// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Compiled kernels in a folder, one file each. If a file cannot be read or written, the kernel is compiled
/// again. Files end with a hash, so that damaged ones are not used. Several threads and processes may use a
/// folder at the same time.
class CubinCache {
public:
    /// @param folder is created when needed; empty: nothing is stored
    explicit CubinCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// @param key all that the machine code depends on
    std::optional<std::string> find(const std::vector<std::string>& key) const;
    void store(const std::vector<std::string>& key, const std::string& cubin) const;

private:
    std::filesystem::path fileOf(const std::vector<std::string>& key) const;

    std::filesystem::path folder_;
};

/// The folder "kernels" of the cache folder; empty if there is none.
std::filesystem::path kernelCacheFolder();

} // namespace headroom
