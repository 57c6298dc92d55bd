// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>

namespace headroom {

/// A new file with an unpredictable name for incomplete content. The writer holds a lock on it, which
/// distinguishes it from a file that a killed program left behind. Removed on destruction unless it was
/// renamed. Not thread-safe.
class TemporaryFile {
public:
    /// Creates the file in the folder of `target`, which must exist. The first call per process and folder
    /// also removes files that killed programs left there. Never opens an existing file. Throws Error that
    /// names the target.
    explicit TemporaryFile(const std::filesystem::path& target);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    int descriptor() const { return descriptor_.get(); }
    const std::filesystem::path& path() const { return path_; }

    /// Renames the file to its final name, replacing an existing file. Throws Error.
    void rename(const std::filesystem::path& target);

    /// Whether this is the name of a temporary file.
    static bool isName(const std::filesystem::path& path);

private:
    std::filesystem::path path_; ///< empty once renamed
    FileDescriptor descriptor_;
};

/// Removes this user's temporary files in a folder that no process has locked. A file from another machine,
/// or from before this machine was last booted, must also be at least a day old, since locks are not always
/// visible across machines. Ignores files that cannot be removed.
void removeAbandonedFiles(const std::filesystem::path& folder);

} // namespace headroom
