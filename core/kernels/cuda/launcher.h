// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

#include <c10/core/Device.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace headroom {

/// A kernel: a function of a source file, compiled with these macros.
struct CudaKernel {
    const char* source;                                            ///< file name without .cu: "convolution"
    const char* function;                                          ///< "convolveForward"
    std::vector<std::pair<std::string, std::int64_t>> macros = {}; ///< {"HEADDIM", 64}
};

/// Number of blocks. CUDA allows 2^31 - 1 in x, and 65,535 in y and in z.
struct LaunchGrid {
    unsigned x = 1;
    unsigned y = 1;
    unsigned z = 1;
};

/// The types that a parameter of a kernel may have.
enum class ParameterType { Pointer, Int32, Int64, Float32 };

template <class T>
constexpr ParameterType parameterType() {
    if constexpr (std::is_pointer_v<T>)
        return ParameterType::Pointer;
    else if constexpr (std::is_same_v<T, float>)
        return ParameterType::Float32;
    else {
        static_assert(std::is_integral_v<T> && (sizeof(T) == 4 || sizeof(T) == 8));
        return sizeof(T) == 4 ? ParameterType::Int32 : ParameterType::Int64;
    }
}

/// An argument of a kernel launch.
struct KernelArgument {
    void* address; ///< of the value, as cuLaunchKernel takes it
    ParameterType type;
};

/// Launches kernels.
class KernelLauncher {
public:
    virtual ~KernelLauncher() = default;
    /// Launches a kernel in the current stream of a card and does not wait for it. Any thread.
    /// @param device of the tensors, whatever the current device of the thread is
    /// @param threads per block, in x
    /// @param sharedBytes dynamic shared memory per block, in bytes
    /// @throws Error, which names the kernel, if it cannot be compiled or launched
    virtual void launch(c10::Device device, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
                        unsigned sharedBytes, std::span<const KernelArgument> arguments) = 0;
};

using KernelLauncherGuard = ThreadLocalHook<KernelLauncher>::Guard;

/// The launcher that a KernelLauncherGuard installed on the current thread; otherwise driverLauncher().
KernelLauncher& currentLauncher();

/// Launches a kernel with the current launcher. Arguments are not converted: each must have the type of the
/// kernel's parameter.
template <class... Arguments>
void launch(c10::Device device, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
            unsigned sharedBytes, Arguments... arguments) {
    // cuLaunchKernel takes pointers to non-const values but does not write to them.
    const std::array<KernelArgument, sizeof...(Arguments)> list = {KernelArgument{
        const_cast<void*>(static_cast<const void*>(&arguments)), parameterType<Arguments>()}...};
    currentLauncher().launch(device, kernel, grid, threads, sharedBytes, list);
}

} // namespace headroom
