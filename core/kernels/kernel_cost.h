// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"
#include "core/values/step_cost.h"

namespace headroom {

/// Receives the cost of our CPU and CUDA kernels, which RecordFunction callbacks cannot observe.
class KernelCostObserver {
public:
    virtual ~KernelCostObserver() = default;
    /// Called once per kernel, on the thread that runs or launches it.
    virtual void addKernelCost(const Cost& cost) = 0;
};

using KernelCostGuard = ThreadLocalHook<KernelCostObserver>::Guard;

/// Reports to the observer of the current thread, if there is one.
void reportKernelCost(const Cost& cost);

} // namespace headroom
