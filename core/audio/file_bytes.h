// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

/// Random access to the bytes of a file, without a cache. Any thread.
class FileBytes {
public:
    /// Identifies one version of a file: device, inode, size, modification time (s, ns).
    using Identity = std::array<std::int64_t, 5>;

    /// Throws Error (Input) if the file is missing, empty or not a regular file, and a systemError if it
    /// cannot be opened.
    explicit FileBytes(const std::filesystem::path& path);
    ~FileBytes();
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    const Identity& identity() const { return identity_; }

    /// Reads into `into` from byte `at` on. Returns the number of bytes read, fewer at the end of the file.
    /// Throws a systemError if the read fails.
    std::size_t read(std::uint64_t at, std::span<char> into) const;
    /// Returns `count` bytes from byte `at` on, fewer at the end of the file.
    std::string read(std::uint64_t at, std::size_t count) const;

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    Identity identity_{};
};

/// Conversion between unsigned integers and up to eight bytes.
std::uint64_t littleEndian(std::string_view bytes);
std::uint64_t bigEndian(std::string_view bytes);
std::string littleEndianBytes(std::uint64_t value, int count);
std::string bigEndianBytes(std::uint64_t value, int count);

} // namespace headroom
