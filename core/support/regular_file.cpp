// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/regular_file.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace headroom {
namespace {

[[noreturn]] void refuse(const std::string& what, const char* why, const std::filesystem::path& file) {
    throw Error(ErrorKind::Input, what + ": " + why, file.string(), "Replace it with a regular file.");
}

} // namespace

FileDescriptor openRegularFile(const std::filesystem::path& file, int flags, const std::string& what) {
    constexpr mode_t readableByTheUmask = 0666;
    FileDescriptor opened(::open(file.c_str(), flags | O_CLOEXEC | O_NONBLOCK, readableByTheUmask));
    if (!opened.isOpen() && errno == ELOOP && (flags & O_NOFOLLOW) != 0)
        refuse(what, "it is a symbolic link", file);
    // A pipe without a reader or a socket.
    if (!opened.isOpen() && errno == ENXIO)
        refuse(what, "it is not a regular file", file);
    if (!opened.isOpen())
        throw(flags & O_CREAT) == 0 ? openError(what, file, errno) : systemError(what, file, errno);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0)
        throw systemError(what, file, errno);
    if (!S_ISREG(status.st_mode))
        refuse(what, "it is not a regular file", file);
    return opened;
}

} // namespace headroom
