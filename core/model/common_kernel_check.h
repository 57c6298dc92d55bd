// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/Device.h>

#include <string>

namespace headroom {

/// Compares the CUDA kernels around the mixers with LibTorch's operators on the CPU, on random data: those of
/// masks, loss, averages, clipping, and norms in fp32.
/// @param device where the kernels run: a card, or the CPU if the current KernelLauncher runs there
/// @return as kernelDifference()
/// @throws Error if a kernel does not start
std::string commonKernelDifference(c10::Device device);

} // namespace headroom
