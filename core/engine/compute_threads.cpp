#include "core/engine/compute_threads.h"

#include <ATen/Parallel.h>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace headroom {

void setComputeThreads(int threads) {
    at::set_num_threads(threads);
}

#ifdef _OPENMP
// LibTorch asks OpenMP for the number of threads, which OpenMP keeps for each thread by itself. LibTorch's
// own call would set it for all threads to come.
SingleThreadGuard::SingleThreadGuard() {
    at::get_num_threads(); // sets this thread up, which would else undo what follows
    before_ = omp_get_max_threads();
    omp_set_num_threads(1);
}

SingleThreadGuard::~SingleThreadGuard() {
    omp_set_num_threads(before_);
}
#else
SingleThreadGuard::SingleThreadGuard() : before_(1) {}
SingleThreadGuard::~SingleThreadGuard() = default;
#endif

} // namespace headroom
