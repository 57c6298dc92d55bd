// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <functional>
#include <map>
#include <mutex>

namespace headroom {

/// Caches what a file must be decoded to find out, such as its length. Calls `find` once per process, type
/// and version of the file. Any thread; two threads may both call it for a file at the same time.
template <typename Value>
Value cachedPerFile(const FileBytes& file, const std::function<Value()>& find) {
    static std::mutex mutex;
    static std::map<FileBytes::Identity, Value> known;
    {
        const std::lock_guard lock(mutex);
        if (const auto found = known.find(file.identity()); found != known.end())
            return found->second;
    }
    Value value = find();
    const std::lock_guard lock(mutex);
    constexpr std::size_t maximumEntries = 100000; // bounds the memory
    if (known.size() >= maximumEntries)
        known.clear();
    known[file.identity()] = value;
    return value;
}

} // namespace headroom
