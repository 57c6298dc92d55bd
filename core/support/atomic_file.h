#pragma once

#include "core/support/temporary_file.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace headroom {

/// A file that is there whole or not at all: written under a temporary name beside its target, and on commit
/// synced to the disk and renamed over the target. Without commit the temporary file is removed and the
/// target stays as it was. A target that is a pipe or a character device is written to as it is. One thread.
class AtomicFile {
public:
    /// What becomes of a target that is a symbolic link.
    enum class Link {
        Follow,  ///< the file it leads to is replaced, or made: for names that a user gave
        Replace, ///< the file replaces it: for folders that came from others, whose links may lead
                 ///< anywhere
    };

    /// Opens what will be written; the folder must exist. Throws Error where that is impossible, of kind
    /// Input where a folder or the like has the target's name.
    explicit AtomicFile(const std::filesystem::path& target, Link link = Link::Follow);

    /// Appends. Throws Error, for instance when the disk is full.
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }

    /// For a library that writes the file itself, through the descriptor, which stays ours, and from anywhere
    /// in it. Absent where the target is a pipe or a device.
    const std::optional<TemporaryFile>& temporary() const { return temporary_; }

    /// Makes the file durable under its name; nothing can be written afterwards. Throws Error, and then the
    /// target is as it was.
    void commit();

private:
    int descriptor() const { return temporary_ ? temporary_->descriptor() : stream_.get(); }

    std::filesystem::path target_;
    FileDescriptor stream_; ///< of a pipe or device
    std::optional<TemporaryFile> temporary_;
};

/// The whole file in one call.
void writeFileAtomically(const std::filesystem::path& target, std::string_view content,
                         AtomicFile::Link link = AtomicFile::Link::Follow);

} // namespace headroom
