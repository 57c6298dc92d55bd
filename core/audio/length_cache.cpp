// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/length_cache.h"

#include <map>
#include <mutex>

namespace headroom {

std::int64_t cachedLength(const FileBytes& file, const std::function<std::int64_t()>& count) {
    static std::mutex mutex;
    static std::map<FileBytes::Identity, std::int64_t> lengths;
    {
        const std::lock_guard lock(mutex);
        if (const auto known = lengths.find(file.identity()); known != lengths.end())
            return known->second;
    }
    const std::int64_t length = count();
    const std::lock_guard lock(mutex);
    constexpr std::size_t maximumEntries = 100000; // bounds the memory
    if (lengths.size() >= maximumEntries)
        lengths.clear();
    lengths[file.identity()] = length;
    return length;
}

} // namespace headroom
