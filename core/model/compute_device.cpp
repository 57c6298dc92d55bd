#include "core/model/compute_device.h"

#include "core/model/bfloat16_tiles.h"
#include "core/support/error.h"

#include <ATen/Context.h>

namespace headroom {

c10::Device computeDevice(const std::string& name) {
    if (name != "auto" && name != "cpu" && name != "cuda")
        throw Error(ErrorKind::Input, "unknown device '" + name + "'", "--device", "Use auto, cpu or cuda.");
    const bool usable = name != "cpu" && at::hasCUDA() && at::getNumGPUs() > 0;
    if (name == "cuda" && !usable) {
        throw Error(ErrorKind::Input, "no CUDA device can be used on this machine", "--device",
                    at::globalContext().hasCUDART()
                        ? "Check with nvidia-smi that the driver sees the card, or use --device cpu."
                        : "This LibTorch was built without CUDA; use --device cpu.");
    }
    return usable ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
}

std::string deviceName(c10::Device device) {
    return device.str();
}

bool hasFastBfloat16(c10::Device device) {
    return !device.is_cpu() || hasBfloat16Tiles();
}

} // namespace headroom
