// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_form.h"

#include "core/kernels/cuda/kernels_problem.h"

#include <ATen/core/grad_mode.h>

namespace headroom {

ScanForm scanForm(c10::Device device) {
    const ScanForm* form = ThreadLocalHook<const ScanForm>::current();
    if (form != nullptr && *form != ScanForm::OfDevice)
        return *form;
    if (device.is_cpu())
        return ScanForm::CpuKernels;
    return device.is_cuda() && cudaKernelsProblem(device).empty() ? ScanForm::CudaKernels
                                                                  : ScanForm::Operators;
}

bool infersOnCpu(const at::Tensor& x, ScanForm form) {
    return form == ScanForm::CpuKernels && (x.is_cpu() || x.is_meta()) && x.scalar_type() == at::kFloat &&
           !at::GradMode::is_enabled();
}

} // namespace headroom
