#include "core/support/thread_priority.h"

#include <algorithm>
#include <sys/resource.h>

namespace headroom {

void lowerThreadPriority(GiveWay to) {
    const int now = ::getpriority(PRIO_PROCESS, 0); // 0: this thread
    ::setpriority(PRIO_PROCESS, 0, std::max(now, static_cast<int>(to)));
}

} // namespace headroom
