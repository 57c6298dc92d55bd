#pragma once

#include <c10/core/Allocator.h>

#include <cstdint>

namespace headroom {

class ShadowDevice;

/// The device that tensors made on Meta by this thread belong to; null: to none, as LibTorch has it.
ShadowDevice* currentShadowDevice();

/// Makes `device` the one of this thread, or none.
void setCurrentShadowDevice(ShadowDevice* device);

/// The block behind memory that the current device gave; -1: behind other memory.
std::int32_t shadowBlock(const c10::DataPtr& memory);

} // namespace headroom
