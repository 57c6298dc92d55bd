// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <filesystem>
#include <string>

namespace headroom {

/// The Error for a failed system call, with a remedy where one is known.
/// @param what what failed: "cannot write the file"
/// @param code errno
Error systemError(const std::string& what, const std::filesystem::path& path, int code);

/// The same for a file or folder that cannot be opened for reading. ErrorKind::Input if the path is wrong;
/// otherwise a systemError: it may be temporary and does not depend on the content.
Error openError(const std::string& what, const std::filesystem::path& path, int code);

} // namespace headroom
