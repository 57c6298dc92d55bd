// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/system_error.h"

#include <cerrno>
#include <system_error>

namespace headroom {
namespace {

std::string remedyFor(int code) {
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return "Free some space on this disk, or choose another location.";
    case EACCES:
    case EPERM:
        return "Check the permissions, or choose another location.";
    case EROFS:
        return "This file system is read-only: choose another location.";
    case EFBIG:
        return "This file system does not support files of this size: choose another location.";
    case EMFILE:
        return "Raise the limit of open files with ulimit -n.";
    case EIO:
        return "The disk or its connection may be failing: check the system log.";
    case ESTALE:
        return "The network drive has changed: try again, or remount it.";
    default:
        return "";
    }
}

/// Whether the error is about the path rather than the file or the disk.
bool isPathError(int code) {
    return code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG || code == ELOOP;
}

std::string messageFor(const std::string& what, int code) {
    return what + ": " + std::system_category().message(code);
}

} // namespace

Error systemError(const std::string& what, const std::filesystem::path& path, int code) {
    return Error(ErrorKind::Failure, messageFor(what, code), path.string(), remedyFor(code));
}

Error openError(const std::string& what, const std::filesystem::path& path, int code) {
    return isPathError(code) ? Error(ErrorKind::Input, messageFor(what, code), path.string())
                             : systemError(what, path, code);
}

} // namespace headroom
