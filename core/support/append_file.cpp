// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/append_file.h"

#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {

AppendFile::AppendFile(std::filesystem::path file, Open open)
    : file_(std::move(file)),
      descriptor_(openRegularFile(
          file_, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | (open == Open::OnlyNew ? O_EXCL : 0),
          "cannot open the file")) {}

void AppendFile::append(std::string_view record) {
    struct stat before {};
    if (::fstat(descriptor_.get(), &before) != 0)
        throw systemError("cannot write the file", file_, errno);
    while (!record.empty()) {
        const ssize_t written = ::write(descriptor_.get(), record.data(), record.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int code = errno;
            // If truncation fails, the torn record is cut off the next time the file is opened.
            [[maybe_unused]] const bool cut = ::ftruncate(descriptor_.get(), before.st_size) == 0;
            throw systemError("cannot write the file", file_, code);
        }
        record.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool AppendFile::isInPlace() const {
    struct stat status {};
    return ::lstat(file_.c_str(), &status) == 0;
}

} // namespace headroom
