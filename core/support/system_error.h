#pragma once

#include "core/support/error.h"

#include <filesystem>
#include <string>

namespace headroom {

/// The Error for a call to the system that failed.
/// @param what what could not be done: "cannot write the file"
/// @param code errno
Error systemError(const std::string& what, const std::filesystem::path& path, int code);

} // namespace headroom
