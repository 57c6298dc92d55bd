// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Allocator.h>

#include <cstdint>

namespace headroom {

class SimulatedDevice;

/// The device that records the Meta tensors of this thread; null if there is none.
SimulatedDevice* currentSimulatedDevice();

/// Sets the device of this thread; null for none. A thread has at most one.
void setCurrentSimulatedDevice(SimulatedDevice* device);

/// The block of memory that the current device allocated; -1 for other memory.
std::int32_t simulatedBlock(const c10::DataPtr& memory);

/// Detaches a tensor's memory from its block: its deallocation is not recorded. Ignores other memory.
void releaseBlock(const at::Tensor& tensor);

/// Creates a tensor that owns a block of the current device, with the shape and layout of `like`.
at::Tensor tensorOfBlock(std::int32_t block, const at::Tensor& like);

} // namespace headroom
