// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/driver_launcher.h"

#include "core/kernels/cuda/driver_functions.h"
#include "core/kernels/cuda/kernel_compiler.h"
#include "core/support/error.h"

#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string_view>
#include <tuple>

namespace headroom {
namespace {

// CUdevice_attribute
constexpr int computeCapabilityMajor = 75;
constexpr int computeCapabilityMinor = 76;

constexpr int maxDynamicSharedBytes = 8;        // CUfunction_attribute
constexpr unsigned plainSharedBytes = 48 << 10; // a kernel must request more

using Macros = std::vector<std::pair<std::string, std::int64_t>>;

/// A function on a device.
struct Loaded {
    void* function = nullptr;
    unsigned allowedSharedBytes = plainSharedBytes;
};

class DriverLauncher final : public KernelLauncher {
public:
    void launch(c10::Device device, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
                unsigned sharedBytes, std::span<const KernelArgument> arguments) override {
        const c10::DeviceGuard guard(device); // restores the device of the thread
        const c10::impl::VirtualGuardImpl cuda(c10::kCUDA);
        makeContextCurrent(device.index());
        void* function = functionFor(kernel, device.index(), sharedBytes);
        std::vector<void*> addresses;
        addresses.reserve(arguments.size());
        for (const KernelArgument& argument : arguments)
            addresses.push_back(argument.address);
        driver_.check(driver_.launch(function, grid.x, grid.y, grid.z, threads, 1, 1, sharedBytes,
                                     cuda.getStreamNativeHandle(cuda.getStream(device)), addresses.data(),
                                     nullptr),
                      fmt::format("the kernel {} cannot be launched with {} x {} x {} blocks of {} threads",
                                  kernel.function, grid.x, grid.y, grid.z, threads));
    }

private:
    using ModuleKey = std::tuple<int, std::string, Macros>; ///< device, source, macros
    using FunctionKey = std::tuple<int, std::string_view, std::string_view, Macros>;

    /// LibTorch makes its context current on a thread with its first call of the runtime there, which may
    /// come later.
    void makeContextCurrent(int index) const {
        void* context = nullptr;
        driver_.check(driver_.getContext(&context), "the CUDA context cannot be read");
        if (context != nullptr)
            return;
        driver_.check(driver_.retainContext(&context, deviceAt(index)), "there is no CUDA context");
        driver_.check(driver_.setContext(context), "the CUDA context cannot be used");
    }

    void* functionFor(const CudaKernel& kernel, int device, unsigned sharedBytes) {
        const std::lock_guard lock(mutex_);
        Loaded& loaded = functions_[{device, kernel.source, kernel.function, kernel.macros}];
        if (loaded.function == nullptr)
            driver_.check(driver_.getFunction(&loaded.function, moduleFor(kernel, device), kernel.function),
                          fmt::format("{}.cu has no kernel {}", kernel.source, kernel.function));
        if (sharedBytes > loaded.allowedSharedBytes) {
            driver_.check(driver_.setFunctionAttribute(loaded.function, maxDynamicSharedBytes,
                                                       static_cast<int>(sharedBytes)),
                          fmt::format("the kernel {} cannot get {} bytes of shared memory", kernel.function,
                                      sharedBytes));
            loaded.allowedSharedBytes = sharedBytes;
        }
        return loaded.function;
    }

    void* moduleFor(const CudaKernel& kernel, int device) {
        void*& loaded = modules_[{device, kernel.source, kernel.macros}];
        if (loaded == nullptr) {
            const std::string cubin = machineCode(kernel, capabilityOf(device));
            driver_.check(driver_.loadModule(&loaded, cubin.data()),
                          fmt::format("the kernels of {}.cu cannot be loaded", kernel.source));
        }
        return loaded;
    }

    int deviceAt(int index) const {
        int device = 0;
        driver_.check(driver_.getDevice(&device, index), fmt::format("there is no cuda:{}", index));
        return device;
    }

    int capabilityOf(int index) const {
        const int device = deviceAt(index);
        int major = 0;
        int minor = 0;
        driver_.check(driver_.getAttribute(&major, computeCapabilityMajor, device),
                      "the compute capability is unknown");
        driver_.check(driver_.getAttribute(&minor, computeCapabilityMinor, device),
                      "the compute capability is unknown");
        return 10 * major + minor;
    }

    const DriverFunctions driver_;
    std::mutex mutex_;
    std::map<ModuleKey, void*> modules_;
    std::map<FunctionKey, Loaded> functions_;
};

} // namespace

KernelLauncher& driverLauncher() {
    // Never destroyed: modules belong to a context that may be gone when the process ends.
    static auto& launcher = *new DriverLauncher;
    return launcher;
}

KernelLauncher& currentLauncher() {
    KernelLauncher* launcher = ThreadLocalHook<KernelLauncher>::current();
    return launcher == nullptr ? driverLauncher() : *launcher;
}

} // namespace headroom
