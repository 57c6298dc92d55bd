#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Allocator.h>

#include <cstdint>

namespace headroom {

class SimulatedDevice;

/// The device that tensors made on Meta by this thread belong to; null: to none, as LibTorch has it.
SimulatedDevice* currentSimulatedDevice();

/// Makes `device` the one of this thread, or none.
void setCurrentSimulatedDevice(SimulatedDevice* device);

/// The block behind memory that the current device gave; -1: behind other memory.
std::int32_t simulatedBlock(const c10::DataPtr& memory);

/// From now on the end of the tensor's memory, if it is the current device's, is nothing to record.
void releaseBlock(const at::Tensor& tensor);

/// A tensor in the shape of another whose memory is a block of the current device that nobody else holds.
at::Tensor tensorOfBlock(std::int32_t block, const at::Tensor& like);

} // namespace headroom
