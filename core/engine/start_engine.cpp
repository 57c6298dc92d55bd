// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/start_engine.h"

#include "core/model/cuda_library.h"
#include "core/monitor/counting_allocator.h"
#include "core/support/log.h"

#include <ATen/Context.h>
#include <ATen/Version.h>
#include <fmt/format.h>
#include <torch/headeronly/version.h>

// The simulated device, the allocator model and the cuBLAS workspaces depend on internals of this version.
// Before changing it, follow the checklist at the end of resources/docs/forecast.md.
static_assert(TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR == 11,
              "Headroom's forecast is made for LibTorch 2.11");

namespace headroom {

void startEngine() {
    loadCudaLibrary();
    countCpuTensors();
    // The gradient of a weight is a sum over hundreds of thousands of tokens. cuBLAS splits it into parts,
    // which it must not round to bfloat16 before it adds them.
    at::globalContext().setAllowBF16ReductionCuBLAS(/*allow_reduced_precision=*/false);
    log(LogCategory::Program, LogLevel::Info,
        fmt::format("LibTorch {}, CPU instructions: {}", TORCH_VERSION, at::get_cpu_capability()));
}

} // namespace headroom
