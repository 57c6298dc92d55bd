// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/kernels/cuda/emulated_scan.h"
#include "tests/core/kernels/cuda/emulated_token_kernels.h"

namespace headroom::test {

/// A launcher with all kernels. To use it: KernelLauncherGuard.
inline EmulatedLauncher emulatedKernels(EmulatedBlock::Order order = EmulatedBlock::Order::Forward) {
    EmulatedLauncher launcher(order);
    addScan(launcher);
    addTokenKernels(launcher);
    return launcher;
}

} // namespace headroom::test
