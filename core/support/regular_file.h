#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string>

namespace headroom {

/// Opens a regular file, and nothing else that may stand in its place: folders, pipes, sockets and devices
/// are refused without waiting for them, and with O_NOFOLLOW so are symbolic links.
/// @param flags of open(2); O_CLOEXEC and O_NONBLOCK are added, and new files get the mode 0666 & ~umask
/// @param what what could not be done where it fails: "cannot read the journal"
/// @throws Error of kind Input for what is no regular file, and for a missing one without O_CREAT; of kind
/// Failure
///         for anything else, which may pass and says nothing about the content
FileDescriptor openRegularFile(const std::filesystem::path& file, int flags, const std::string& what);

} // namespace headroom
