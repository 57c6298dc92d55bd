// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string>

namespace headroom {

/// Opens a regular file. Refuses folders, pipes, sockets and devices without blocking, and with O_NOFOLLOW
/// also symbolic links.
/// @param flags flags of open(2); O_CLOEXEC and O_NONBLOCK are added; new files get the mode 0666 & ~umask
/// @param what the message of the error: "cannot read the journal"
/// @throws Error (Input) if it is not a regular file, or is missing and O_CREAT is not given; Error (Failure)
///         otherwise: such an error may be temporary and does not depend on the content
FileDescriptor openRegularFile(const std::filesystem::path& file, int flags, const std::string& what);

} // namespace headroom
