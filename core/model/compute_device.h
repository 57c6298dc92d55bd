#pragma once

#include <c10/core/Device.h>

#include <string>

namespace headroom {

/// The device that "auto", "cpu" or "cuda" means on this machine; auto is the first CUDA device that can be
/// used, else the CPU. Throws Error (Input) for another word, and for "cuda" where there is none.
c10::Device computeDevice(const std::string& name);

/// "cpu", "cuda:0".
std::string deviceName(c10::Device device);

/// Whether bf16 saves time, not only memory: on every card, and on a CPU that multiplies bfloat16 tiles.
bool hasFastBfloat16(c10::Device device);

} // namespace headroom
