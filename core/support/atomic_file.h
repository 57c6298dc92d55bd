// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/temporary_file.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace headroom {

/// Writes a file completely or not at all: into a temporary file beside the target, which commit() syncs to
/// disk and renames over the target. Without commit() the temporary file is removed and the target is
/// unchanged. A target that is a pipe or a character device is written to directly. Not thread-safe.
class AtomicFile {
public:
    /// How a target that is a symbolic link is treated.
    enum class Link {
        Follow,  ///< replaces or creates the file that it points to: for paths given by a user
        Replace, ///< replaces the link itself: for folders from untrusted sources, whose links may
                 ///< point anywhere
    };

    /// Creates the temporary file in the folder of the target, which must exist. Throws Error if that fails,
    /// of kind Input if the target cannot be a file, such as a folder.
    explicit AtomicFile(const std::filesystem::path& target, Link link = Link::Follow);

    /// Appends. Throws Error, for instance if the disk is full.
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }

    /// For libraries that write through the descriptor and may seek; this object keeps its ownership. Absent
    /// if the target is a pipe or a device.
    const std::optional<TemporaryFile>& temporary() const { return temporary_; }

    /// Makes the file durable under its final name; nothing can be written afterwards. Throws Error, with the
    /// target unchanged.
    void commit();

private:
    int descriptor() const { return temporary_ ? temporary_->descriptor() : stream_.get(); }

    std::filesystem::path target_;
    FileDescriptor stream_; ///< open if the target is a pipe or a device
    std::optional<TemporaryFile> temporary_;
};

/// Writes the whole file in one call.
void writeFileAtomically(const std::filesystem::path& target, std::string_view content,
                         AtomicFile::Link link = AtomicFile::Link::Follow);

} // namespace headroom
