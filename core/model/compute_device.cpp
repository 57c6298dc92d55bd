#include "core/model/compute_device.h"

#include "core/support/error.h"

#include <ATen/Context.h>
#include <ATen/cpu/Utils.h>

#include <array>

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
    if (!device.is_cpu())
        return true;
    const auto capabilities = at::cpu::get_cpu_capabilities();
    constexpr std::array<const char*, 3> names = {"avx512_bf16", "amx_bf16", "bf16"};
    for (const char* name : names) {
        const auto found = capabilities.find(name);
        if (found != capabilities.end() && found->second.isBool() && found->second.toBool())
            return true;
    }
    return false;
}

} // namespace headroom
