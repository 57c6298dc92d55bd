// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

namespace headroom {

/// The implementation of a scan. Results agree; memory use differs.
enum class ScanForm {
    OfDevice,  ///< our kernels on the CPU, LibTorch's operators on other devices
    Kernels,   ///< our CPU kernels; on other devices allowed only on Meta, where nothing is computed
    Operators, ///< LibTorch's operators
};

/// RAII: selects the form of scans on the current thread and restores the previous one. Also applies to
/// backward passes that run on this thread.
class ScanFormGuard {
public:
    explicit ScanFormGuard(ScanForm form) : form_(form), guard_(form_) {}

private:
    const ScanForm form_;
    ThreadLocalHook<const ScanForm>::Guard guard_;
};

/// Whether a scan on this device uses our kernels. Reads the selection of the current thread.
bool scansByKernels(bool deviceIsCpu);

} // namespace headroom
