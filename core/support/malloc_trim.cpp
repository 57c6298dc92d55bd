// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/malloc_trim.h"

#include <cstdlib> // defines __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace headroom {

void disableMallocTrim() {
#ifdef __GLIBC__
    constexpr int topPad = 64 << 20;
    mallopt(M_MMAP_MAX, 0);        // memory-mapped blocks would be unmapped when freed
    mallopt(M_TRIM_THRESHOLD, -1); // never shrink the heap
    mallopt(M_TOP_PAD, topPad);    // grow the heap in large steps
    mallopt(M_ARENA_MAX, 1);       // share freed memory between threads
#endif
}

void returnFreeMemory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace headroom
