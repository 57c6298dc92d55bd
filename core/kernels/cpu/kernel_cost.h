#pragma once

#include "core/values/step_cost.h"

namespace headroom {

/// Is told what kernels of ours do: no operator tells of it.
class KernelCostObserver {
public:
    virtual ~KernelCostObserver() = default;
    virtual void kernelRuns(const Cost& work) = 0;
};

/// While it lives, `observer` is told by kernels on the thread that made it; before and after, whoever was.
class KernelCostScope {
public:
    explicit KernelCostScope(KernelCostObserver& observer);
    ~KernelCostScope();
    KernelCostScope(const KernelCostScope&) = delete;
    KernelCostScope& operator=(const KernelCostScope&) = delete;

private:
    KernelCostObserver* before_;
};

/// Tells this thread's observer, if it has one.
void reportKernelCost(const Cost& work);

} // namespace headroom
