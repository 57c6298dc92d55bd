// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/mamba2_mixer.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <cstdint>
#include <functional>
#include <string>

namespace headroom {

struct RunConfig;

/// Compares our CUDA kernels with LibTorch's operators on the CPU in float32: both passes of the norm before
/// a mixer and of its part between the projections, in both directions, on random data of this size.
/// @param type of the activations. Where CudaMixer does not support it or the shape, the scan itself is by
///     operators also on the device
/// @param device where the kernels run: a card, or the CPU if the current KernelLauncher runs there
/// @return what differs by more than rounding in `type` explains, as a sentence without a period; empty if
///     nothing does
/// @throws Error if a kernel does not start
std::string kernelDifference(const MixerShape& shape, std::int64_t rows, std::int64_t length,
                             at::ScalarType type, c10::Device device);

/// Compiles the kernels that a model needs and checks them with kernelDifference(), if its mixers have
/// any, and commonKernelDifference(). If they are wrong or do not start, calls refuseCudaKernels(): the
/// model then uses operators, and whyOperators() gives the reason. Does nothing if the model uses no kernels
/// on this device, or if this process has checked them before. Call before the model is on the card; leaves
/// nothing in the allocator's cache.
/// @param seconds length of an audio segment
/// @param notify receives a notice before kernels are compiled
void prepareCudaKernels(const RunConfig& config, double seconds, c10::Device device,
                        const std::function<void(const std::string&)>& notify);

} // namespace headroom
