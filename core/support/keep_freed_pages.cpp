#include "core/support/keep_freed_pages.h"

#include <cstdlib> // defines __GLIBC__ where it is the C library

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace headroom {

void disableMallocTrim() {
#ifdef __GLIBC__
    constexpr int topPad = 64 << 20;
    mallopt(M_MMAP_MAX, 0);        // blocks with a mapping of their own are unmapped when freed
    mallopt(M_TRIM_THRESHOLD, -1); // never shrink the heap
    mallopt(M_TOP_PAD, topPad);    // grow it in large strides
    mallopt(M_ARENA_MAX, 1);       // what one thread frees serves another
#endif
}

} // namespace headroom
