// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string_view>

namespace headroom {

/// A file to which complete records are appended without buffering, so that they survive a crash of the
/// program and other programs can read along. Not thread-safe.
class AppendFile {
public:
    enum class Open { Any, OnlyNew };

    /// Opens the file and creates it if missing. Throws Error if that fails, if the path is not a regular
    /// file (a symbolic link is not one), or if the file exists and `open` is OnlyNew.
    explicit AppendFile(std::filesystem::path file, Open open = Open::Any);

    /// Appends the whole record. Throws Error, for instance if the disk is full; the file is then unchanged.
    void append(std::string_view record);

    /// Whether a file still has this name: false once it or its folder was moved or deleted.
    bool isInPlace() const;

private:
    std::filesystem::path file_;
    FileDescriptor descriptor_;
};

} // namespace headroom
