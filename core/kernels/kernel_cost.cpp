// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/kernel_cost.h"

namespace headroom {

void reportKernelCost(const Cost& cost) {
    if (auto* observer = ThreadLocalHook<KernelCostObserver>::current())
        observer->addKernelCost(cost);
}

} // namespace headroom
