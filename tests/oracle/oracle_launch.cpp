// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// oracle_launch SOURCE FUNCTION GRID_Y SHARED_BYTES: launches a kernel twice, for heads of 64 channels and
/// 128 states. Prints "started" and the number of compilations, or the error.
#include "core/kernels/cuda/kernel_compiler.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

using namespace headroom;

namespace {

struct Counter : KernelCompilationObserver {
    int compilations = 0;
    void beginsCompilation() override { ++compilations; }
};

} // namespace

int main(int, char** argv) {
    Counter counter;
    const KernelCompilationGuard guard(counter);
    const at::Tensor device = at::empty({1}, at::kCUDA);
    const auto number = [&](int i) { return static_cast<unsigned>(std::strtoul(argv[i], nullptr, 10)); };
    try {
        for (int i = 0; i < 2; ++i)
            launch(device.device(), {argv[1], argv[2], {{"HEADDIM", 64}, {"STATE", 128}}}, {1, number(3), 1},
                   256, number(4), device.data_ptr());
        fmt::print("started, {} compiled\n", counter.compilations);
    } catch (const Error& error) {
        fmt::print("{}\n", error.message());
    }
    std::fflush(stdout);
    std::_Exit(0); // CUDA's exit handlers need a device
}
