// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/device_cache.h"

#include "core/simulate/simulated_allocator.h"
#include "core/simulate/simulated_device.h"

#include <c10/core/CachingDeviceAllocator.h>

namespace headroom {

void releaseCache(c10::Device device) {
    if (device.is_cpu())
        return;
    if (!device.is_meta())
        c10::getDeviceAllocator(device.type())->emptyCache();
    else if (SimulatedDevice* simulated = currentSimulatedDevice())
        simulated->recorder().release();
}

} // namespace headroom
