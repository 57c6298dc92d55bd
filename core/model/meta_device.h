// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

#include <c10/core/Device.h>

namespace headroom {

/// RAII: on the current thread, Meta tensors stand for those of a CPU. Otherwise they stand for those of a
/// card.
class MetaIsCpu {
public:
    MetaIsCpu() : guard_(*this) {}

    static bool applies() { return ThreadLocalHook<MetaIsCpu>::current() != nullptr; }

private:
    ThreadLocalHook<MetaIsCpu>::Guard guard_;
};

/// Whether tensors of this device are those of a CPU, or stand for them.
inline bool isCpu(c10::Device device) {
    return device.is_cpu() || (device.is_meta() && MetaIsCpu::applies());
}

} // namespace headroom
