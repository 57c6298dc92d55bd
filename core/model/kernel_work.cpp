#include "core/model/kernel_work.h"

#include <utility>

namespace headroom {
namespace {

thread_local KernelWorkObserver* current = nullptr;

} // namespace

KernelWorkGuard::KernelWorkGuard(KernelWorkObserver& observer) : before_(std::exchange(current, &observer)) {}

KernelWorkGuard::~KernelWorkGuard() {
    current = before_;
}

void tellKernelWork(const Work& work) {
    if (current != nullptr)
        current->kernelRuns(work);
}

} // namespace headroom
