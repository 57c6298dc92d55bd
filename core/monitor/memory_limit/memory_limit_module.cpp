// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/memory_limit/memory_limit_module.h"

#include <c10/cuda/CUDACachingAllocator.h>

void headroomLimitMemory(int card, double share) {
    c10::cuda::CUDACachingAllocator::setMemoryFraction(share, static_cast<c10::DeviceIndex>(card));
}
