// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

namespace headroom {

/// The implementation of mixers, and of norms, masks and losses. Results agree up to rounding; memory use
/// differs.
enum class ScanForm {
    OfDevice,     ///< our kernels if the device can run them, else LibTorch's operators
    CpuKernels,   ///< our CPU kernels; on other devices allowed only on Meta, where nothing is computed
    CpuInference, ///< as CpuKernels, with other products, which are faster on some CPUs; see infersOnCpu()
    CudaKernels,  ///< our CUDA kernels for what they support (see cudaMixerProblem() and hasPartKernels()),
                  ///< else operators. On the CPU they need a KernelLauncher; on Meta nothing is computed
    Operators,    ///< LibTorch's operators
};

/// RAII: selects the form of mixers on the current thread and restores the previous one. Also applies to
/// backward passes that run on this thread.
class ScanFormGuard {
public:
    explicit ScanFormGuard(ScanForm form) : form_(form), guard_(form_) {}

private:
    const ScanForm form_;
    ThreadLocalHook<const ScanForm>::Guard guard_;
};

/// The form of mixers on this device, never OfDevice: the selection of the current thread, if there is one.
ScanForm scanForm(c10::Device device);

/// Whether a layer computes this input with our float32 kernels for the CPU that have no backward pass. On
/// Meta they only allocate and report their cost. Call it before evaluate(), which disables gradients where
/// the backward pass recomputes.
bool infersOnCpu(const at::Tensor& x, ScanForm form);

} // namespace headroom
