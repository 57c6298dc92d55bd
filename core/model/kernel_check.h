// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/mamba2_mixer.h"

#include <c10/core/Device.h>

#include <cstdint>
#include <functional>
#include <string>

namespace headroom {

struct RunConfig;

/// Compares our CUDA kernels with LibTorch's operators on the CPU in float32: both passes of the part of a
/// mixer between its projections, in both directions, on random data of this size.
/// @param device of the kernels: a card, or the CPU if the current KernelLauncher runs there
/// @return what differs by more than bf16 explains, as a sentence without a full stop; empty if nothing does
/// @throws Error if a kernel does not start
std::string kernelDifference(const MixerShape& shape, std::int64_t rows, std::int64_t length,
                             c10::Device device);

/// Compiles the kernels that a run needs and compares them as above. If they differ or do not start,
/// refuseCudaKernels() replaces them by operators, and whyOperators() says so. Does nothing if the run has no
/// kernels on this device. Call before the first tensor on the card: it leaves nothing in the allocator's
/// cache.
/// @param notify receives a notice if kernels must be compiled, before they are
void prepareCudaKernels(const RunConfig& config, c10::Device device,
                        const std::function<void(const std::string&)>& notify);

} // namespace headroom
