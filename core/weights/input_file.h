// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <cstdint>
#include <string>

namespace headroom {

/// A regular file, read sequentially. size() is the size at the time of opening. One thread.
class InputFile {
public:
    /// Throws Error (Input) for a missing file, a folder, a pipe or a device, and Error (Failure) for system
    /// errors that may be temporary (EACCES, EIO, EMFILE, ...).
    explicit InputFile(std::string path);

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    /// Reads exactly `count` bytes. Throws Error (Input) if the file ends before, (Failure) for a read error.
    void read(void* bytes, std::uint64_t count);
    /// Moves on by `count` bytes, which must not be beyond the end. Throws Error (Failure).
    void skip(std::uint64_t count);

private:
    std::string path_;
    FileDescriptor file_;
    std::uint64_t size_ = 0;
};

} // namespace headroom
