// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/thread_priority.h"

#include <algorithm>
#include <sys/resource.h>

namespace headroom {

void lowerThreadPriority(ThreadPriority priority) {
    const int current = ::getpriority(PRIO_PROCESS, 0); // 0: this thread, as Linux has a niceness per thread
    ::setpriority(PRIO_PROCESS, 0, std::max(current, static_cast<int>(priority)));
}

} // namespace headroom
