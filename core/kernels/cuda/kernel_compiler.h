// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"
#include "core/support/thread_local_hook.h"

#include <string>

namespace headroom {

/// Is notified when kernels must be compiled, which takes seconds.
class KernelCompilationObserver {
public:
    virtual ~KernelCompilationObserver() = default;
    /// Called on the thread that launches a kernel, before its source is compiled.
    virtual void beginsCompilation() = 0;
};

using KernelCompilationGuard = ThreadLocalHook<KernelCompilationObserver>::Guard;

/// Returns the machine code (cubin) of a kernel's source file, from the cache or from NVRTC. Any thread.
/// @param capability ten times the compute capability of the card
/// @throws Error (Failure) if it cannot be compiled
std::string machineCode(const CudaKernel& kernel, int capability);

/// The architecture that machineCode() compiles for, as ten times its compute capability; 0 if NVRTC knows
/// none that runs on the card. Any thread.
/// @throws Error (Failure) if there is no NVRTC
int architectureFor(int capability);

} // namespace headroom
