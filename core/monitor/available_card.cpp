// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/available_card.h"

#include "core/model/compute_device.h"
#include "core/monitor/memory_monitor.h"

namespace headroom {

Card availableCard(c10::Device device) {
    const MemoryUse use = MemoryMonitor(device).watch();
    Card card = cardOf(device);
    card.capacity = use.deviceTotal - use.deviceUsed + use.reserved;
    card.contextLow = 0;
    card.contextHigh = 0;
    return card;
}

} // namespace headroom
