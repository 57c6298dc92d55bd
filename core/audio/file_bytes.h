#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

/// The bytes of a file, read where they are asked for; nothing is kept. Any thread.
class FileBytes {
public:
    /// Tells one version of a file from every other: device, inode, size, time of the last change.
    using Identity = std::array<std::int64_t, 5>;

    /// Throws Error (Input) naming the file: missing, a folder, no regular file, no permission, empty.
    explicit FileBytes(const std::filesystem::path& path);
    ~FileBytes();
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    const Identity& identity() const { return identity_; }

    /// Fills `into` from byte `at` on; how many bytes there were.
    std::size_t read(std::uint64_t at, std::span<char> into) const;
    /// `count` bytes, fewer at the end of the file.
    std::string read(std::uint64_t at, std::size_t count) const;

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    Identity identity_{};
};

/// Unsigned numbers of up to eight bytes.
std::uint64_t littleEndian(std::string_view bytes);
std::uint64_t bigEndian(std::string_view bytes);
std::string littleEndianBytes(std::uint64_t value, int count);
std::string bigEndianBytes(std::uint64_t value, int count);

} // namespace headroom
