// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
// LibTorch takes the number of threads from OpenMP, which stores it per thread. at::set_num_threads() would
// also change it for threads started later.
SingleThreadGuard::SingleThreadGuard() {
    at::get_num_threads(); // initializes this thread, which would otherwise overwrite the value set below
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
