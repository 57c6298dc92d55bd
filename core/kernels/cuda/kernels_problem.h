// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <c10/core/Device.h>

#include <string>

namespace headroom {

/// Why a card cannot run our CUDA kernels: it is too old, or NVRTC is missing. A sentence without a period;
/// empty if it can. Any thread.
std::string cudaKernelsProblem(const Card& card);

/// The same for a card of this machine, or the reason given to refuseCudaKernels(). Queries the driver once
/// per device.
std::string cudaKernelsProblem(c10::Device device);

/// Makes cudaKernelsProblem() return `reason` for this device from now on, because the kernels give wrong
/// results there or do not start.
void refuseCudaKernels(c10::Device device, const std::string& reason);

} // namespace headroom
