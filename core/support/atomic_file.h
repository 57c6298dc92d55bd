#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace headroom {

/// A file that is there whole or not at all: written under a temporary name beside its target, and on commit
/// synced to the disk and renamed over the target. Without commit the temporary file is removed and the
/// target stays as it was. One thread.
class AtomicFile {
public:
    /// Creates the temporary file; the folder must exist. Throws Error where that is impossible.
    explicit AtomicFile(std::filesystem::path target);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// Appends. Throws Error, for instance when the disk is full.
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }

    /// For a library that wants to open the file itself. It must write into this file, not replace it, and
    /// must have closed it before commit.
    const std::filesystem::path& temporaryPath() const { return temporary_; }

    /// Makes the file durable under its name; nothing can be written afterwards. Throws Error, and then the
    /// target is as it was.
    void commit();

    /// Whether this is the name of a temporary file, left behind by a program that was killed.
    static bool isTemporary(const std::filesystem::path& path);

private:
    void close();

    std::filesystem::path target_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
};

/// The whole file in one call.
void writeFileAtomically(const std::filesystem::path& target, std::string_view content);

} // namespace headroom
