// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/file_descriptor.h"

#include <unistd.h>

namespace headroom {

void FileDescriptor::close() {
    if (isOpen())
        ::close(std::exchange(number_, -1));
}

} // namespace headroom
