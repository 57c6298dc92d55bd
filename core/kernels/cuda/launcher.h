// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

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

/// Number of blocks. The card takes 2^31 - 1 of them in x, and 65,535 in y and in z.
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

/// An argument of a launch.
struct KernelArgument {
    void* address; ///< of the value, as cuLaunchKernel takes it
    ParameterType type;
};

/// Runs kernels.
class KernelLauncher {
public:
    virtual ~KernelLauncher() = default;
    /// Starts `kernel` and, on a card, does not wait for it. Any thread.
    /// @param threads a block, in x
    /// @param sharedBytes dynamic shared memory of a block, in bytes
    /// @throws Error if the kernel cannot be compiled or started; names the kernel
    virtual void launch(const CudaKernel& kernel, LaunchGrid grid, unsigned threads, unsigned sharedBytes,
                        std::span<const KernelArgument> arguments) = 0;
};

using KernelLauncherGuard = ThreadLocalHook<KernelLauncher>::Guard;

/// The launcher of the current thread (see KernelLauncherGuard); without one, the driver's.
KernelLauncher& currentLauncher();

/// Starts a kernel on the current launcher. `arguments` are not converted: each must have the type of the
/// kernel's parameter.
template <class... Arguments>
void launch(const CudaKernel& kernel, LaunchGrid grid, unsigned threads, unsigned sharedBytes,
            Arguments... arguments) {
    // Without its const, the address fits; nothing writes to a value.
    const std::array<KernelArgument, sizeof...(Arguments)> list = {KernelArgument{
        const_cast<void*>(static_cast<const void*>(&arguments)), parameterType<Arguments>()}...};
    currentLauncher().launch(kernel, grid, threads, sharedBytes, list);
}

} // namespace headroom
