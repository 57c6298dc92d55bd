#pragma once

#include "core/session/step_work.h"

namespace headroom {

/// Is told what kernels of ours do: no operator tells of it.
class KernelWorkObserver {
public:
    virtual ~KernelWorkObserver() = default;
    virtual void kernelRuns(const Work& work) = 0;
};

/// While it lives, `observer` is told by kernels on the thread that made it; before and after, whoever was.
class KernelWorkGuard {
public:
    explicit KernelWorkGuard(KernelWorkObserver& observer);
    ~KernelWorkGuard();
    KernelWorkGuard(const KernelWorkGuard&) = delete;
    KernelWorkGuard& operator=(const KernelWorkGuard&) = delete;

private:
    KernelWorkObserver* before_;
};

/// Tells this thread's observer, if it has one.
void tellKernelWork(const Work& work);

} // namespace headroom
