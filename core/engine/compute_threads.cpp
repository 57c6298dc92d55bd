#include "core/engine/compute_threads.h"

#include <ATen/Parallel.h>

namespace headroom {

void setComputeThreads(int threads) {
    at::set_num_threads(threads);
}

} // namespace headroom
