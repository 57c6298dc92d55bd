// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"
#include "tests/core/kernels/cuda/emulated_block.h"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace headroom::test {

/// Runs kernels on the CPU, on CPU tensors: by emulation of the sources that NVRTC compiles for a card.
/// Refuses what a card refuses, and arguments of other types than the kernel's parameters, which a card would
/// misread.
class EmulatedLauncher final : public KernelLauncher {
public:
    explicit EmulatedLauncher(EmulatedBlock::Order order = EmulatedBlock::Order::Forward) : order_(order) {}

    /// @param function the kernel, compiled for the CPU with the macros of `kernel`
    template <class... Parameters>
    void add(const CudaKernel& kernel, void (*function)(Parameters...)) {
        Emulated emulated{{parameterType<Parameters>()...}, {}};
        emulated.call = [function](std::span<const KernelArgument> arguments) {
            call(function, arguments, std::index_sequence_for<Parameters...>());
        };
        kernels_.insert_or_assign(keyOf(kernel), std::move(emulated));
    }

    void launch(c10::Device /*device*/, const CudaKernel& kernel, LaunchGrid grid, unsigned threads,
                unsigned sharedBytes, std::span<const KernelArgument> arguments) override {
        const auto found = kernels_.find(keyOf(kernel));
        if (found == kernels_.end())
            refuse(kernel, "is not emulated with these macros");
        const Emulated& emulated = found->second;
        if (!std::equal(emulated.types.begin(), emulated.types.end(), arguments.begin(), arguments.end(),
                        [](ParameterType type, const KernelArgument& a) { return type == a.type; }))
            refuse(kernel, "has other parameters");
        constexpr unsigned limit = 65535;
        if (grid.x == 0 || grid.y == 0 || grid.z == 0 || grid.x > 0x7fffffffU || grid.y > limit ||
            grid.z > limit)
            refuse(kernel, "cannot have this grid");
        if (threads == 0 || threads > 1024)
            refuse(kernel, "cannot have so many threads");
        if (sharedBytes > 99U << 10) // what each card of capability 8.0 and newer has
            refuse(kernel, "cannot have so much shared memory");
        ++launches_[kernel.function];
        emulate({grid.x, grid.y, grid.z}, static_cast<int>(threads), sharedBytes, order_,
                [&] { emulated.call(arguments); });
    }

    /// Launches so far, by function.
    const std::map<std::string, int>& launches() const { return launches_; }

private:
    using Key = std::tuple<std::string, std::string, std::vector<std::pair<std::string, std::int64_t>>>;
    struct Emulated {
        std::vector<ParameterType> types;
        std::function<void(std::span<const KernelArgument>)> call;
    };

    static Key keyOf(const CudaKernel& kernel) { return {kernel.source, kernel.function, kernel.macros}; }

    template <class... Parameters, std::size_t... indices>
    static void call(void (*function)(Parameters...), std::span<const KernelArgument> arguments,
                     std::index_sequence<indices...>) {
        function(*static_cast<const Parameters*>(arguments[indices].address)...);
    }

    [[noreturn]] static void refuse(const CudaKernel& kernel, const std::string& why) {
        throw std::logic_error(std::string(kernel.function) + " of " + kernel.source + ".cu " + why);
    }

    EmulatedBlock::Order order_;
    std::map<Key, Emulated> kernels_;
    std::map<std::string, int> launches_;
};

} // namespace headroom::test
