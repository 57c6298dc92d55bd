// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/offset_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {

std::int64_t OffsetFile::size() const {
    struct stat status {};
    return ::fstat(descriptor_, &status) == 0 ? std::max<std::int64_t>(0, status.st_size - offset_) : -1;
}

std::int64_t OffsetFile::seek(std::int64_t position, int whence) {
    const std::int64_t base = whence == SEEK_END ? size() : whence == SEEK_CUR ? position_ : 0;
    if (base < 0 || base + position < 0)
        return -1;
    position_ = base + position;
    return position_;
}

std::int64_t OffsetFile::read(void* into, std::int64_t count) {
    const ssize_t got = ::pread(descriptor_, into, static_cast<std::size_t>(count), offset_ + position_);
    position_ += std::max<ssize_t>(got, 0);
    return std::max<ssize_t>(got, 0);
}

/// Returns fewer than `count` bytes if writing fails, with errno set.
std::int64_t OffsetFile::write(const void* from, std::int64_t count) {
    std::int64_t done = 0;
    while (done < count) {
        const ssize_t written = ::pwrite(descriptor_, static_cast<const char*>(from) + done,
                                         static_cast<std::size_t>(count - done), offset_ + position_);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += written;
        position_ += written;
    }
    return done;
}

SF_VIRTUAL_IO OffsetFile::virtualFile() {
    SF_VIRTUAL_IO io{};
    io.get_filelen = [](void* file) -> sf_count_t { return static_cast<OffsetFile*>(file)->size(); };
    io.tell = [](void* file) -> sf_count_t { return static_cast<OffsetFile*>(file)->position_; };
    io.seek = [](sf_count_t position, int whence, void* file) -> sf_count_t {
        return static_cast<OffsetFile*>(file)->seek(position, whence);
    };
    io.read = [](void* into, sf_count_t count, void* file) -> sf_count_t {
        return static_cast<OffsetFile*>(file)->read(into, count);
    };
    io.write = [](const void* from, sf_count_t count, void* file) -> sf_count_t {
        return static_cast<OffsetFile*>(file)->write(from, count);
    };
    return io;
}

} // namespace headroom
