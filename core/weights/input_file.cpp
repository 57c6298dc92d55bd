// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/input_file.h"

#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {

InputFile::InputFile(std::string path)
    : path_(std::move(path)), file_(openRegularFile(path_, O_RDONLY, "cannot be opened")) {
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0)
        throw systemError("cannot be opened", path_, errno);
    size_ = static_cast<std::uint64_t>(status.st_size);
}

void InputFile::read(void* bytes, std::uint64_t count) {
    auto* target = static_cast<char*>(bytes);
    while (count > 0) {
        const ssize_t got = ::read(file_.get(), target, count);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw systemError("cannot be read", path_, errno);
        if (got == 0)
            throw Error(ErrorKind::Input, "the file is truncated", path_);
        target += got;
        count -= static_cast<std::uint64_t>(got);
    }
}

void InputFile::skip(std::uint64_t count) {
    if (::lseek(file_.get(), static_cast<off_t>(count), SEEK_CUR) < 0)
        throw systemError("cannot be read", path_, errno);
}

} // namespace headroom
