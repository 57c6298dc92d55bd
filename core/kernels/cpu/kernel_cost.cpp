#include "core/kernels/cpu/kernel_cost.h"

#include <utility>

namespace headroom {
namespace {

thread_local KernelCostObserver* current = nullptr;

} // namespace

KernelCostScope::KernelCostScope(KernelCostObserver& observer) : before_(std::exchange(current, &observer)) {}

KernelCostScope::~KernelCostScope() {
    current = before_;
}

void reportKernelCost(const Cost& work) {
    if (current != nullptr)
        current->kernelRuns(work);
}

} // namespace headroom
