// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>

namespace headroom {

/// Data that would take too much memory, on disk: a file without a name in the cache folder. Its space is
/// free again when it is destroyed, or if the program is killed. Thread-safe.
class ScratchFile {
public:
    /// Throws Error (Failure) if the file cannot be created.
    ScratchFile();

    /// Appends data and returns its offset. Throws Error (Failure), for instance if the disk is full.
    std::int64_t append(std::span<const std::byte> bytes);

    /// Reads data that was appended. Throws Error (Failure) if the disk fails.
    void read(std::int64_t offset, std::span<std::byte> into) const;

private:
    FileDescriptor file_;
    std::mutex mutex_;
    std::int64_t end_ = 0; ///< guarded by mutex_
};

} // namespace headroom
