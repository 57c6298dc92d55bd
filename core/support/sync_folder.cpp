// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/sync_folder.h"

#include "core/support/file_descriptor.h"

#include <fcntl.h>
#include <unistd.h>

namespace headroom {

void syncFolder(const std::filesystem::path& folder) {
    const FileDescriptor opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.isOpen())
        ::fsync(opened.get());
}

} // namespace headroom
