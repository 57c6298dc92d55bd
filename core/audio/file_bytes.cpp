// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/file_bytes.h"

#include "core/support/system_error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
    throw Error(ErrorKind::Input, what, path.string());
}

constexpr const char* cannotRead = "cannot read the file";

/// Must be called before opening: opening a pipe would wait for its other end.
void requireRegularFile(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        fail(path, "there is no such file");
    if (error)
        throw openError(cannotRead, path, error.value());
    if (std::filesystem::is_directory(status))
        fail(path, "this is a folder, not an audio file");
    if (!std::filesystem::is_regular_file(status))
        fail(path, "this is not a regular file");
}

} // namespace

FileBytes::FileBytes(const std::filesystem::path& path) : path_(path) {
    requireRegularFile(path);
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0)
        throw openError(cannotRead, path, errno);
    struct stat status {};
    const int error = ::fstat(descriptor_, &status) == 0 ? 0 : errno;
    if (error != 0 || status.st_size == 0) {
        ::close(descriptor_);
        throw error != 0 ? systemError(cannotRead, path, error)
                         : Error(ErrorKind::Input, "the file is empty", path.string());
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
    identity_ = {static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino),
                 status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

FileBytes::~FileBytes() {
    ::close(descriptor_);
}

std::size_t FileBytes::read(std::uint64_t at, std::span<char> into) const {
    std::size_t done = 0;
    while (done < into.size() && at + done < size_) {
        const ssize_t got =
            ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw systemError(cannotRead, path_, errno);
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::string FileBytes::read(std::uint64_t at, std::size_t count) const {
    const std::uint64_t left = at < size_ ? size_ - at : 0;
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, left)), '\0');
    bytes.resize(read(at, std::span<char>(bytes)));
    return bytes;
}

std::uint64_t littleEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::uint64_t bigEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

std::string littleEndianBytes(std::uint64_t value, int count) {
    std::string bytes = bigEndianBytes(value, count);
    std::ranges::reverse(bytes);
    return bytes;
}

std::string bigEndianBytes(std::uint64_t value, int count) {
    std::string bytes;
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> shift & 0xFF);
    return bytes;
}

} // namespace headroom
