// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/kernels_problem.h"

#include "core/cards/cuda_driver.h"
#include "core/kernels/cuda/kernel_compiler.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

namespace headroom {
namespace {

constexpr int smallestMajor = 8; // bfloat16 and its tensor cores

struct Problems {
    std::mutex mutex;
    std::map<int, std::string> byDevice;
};

Problems& problems() {
    static Problems all;
    return all;
}

std::string problemOfDevice(int index) {
    const std::vector<Card> cards = queryCudaDriver().cards;
    if (index < 0 || index >= std::ssize(cards))
        return fmt::format("the NVIDIA driver does not report the properties of cuda:{}", index);
    return cudaKernelsProblem(cards[static_cast<std::size_t>(index)]);
}

} // namespace

std::string cudaKernelsProblem(const Card& card) {
    if (card.computeMajor < smallestMajor)
        return fmt::format("{} has compute capability {}.{}, but our kernels need {}.0", card.name,
                           card.computeMajor, card.computeMinor, smallestMajor);
    try {
        if (architectureFor(10 * card.computeMajor + card.computeMinor) == 0)
            return fmt::format("this version of NVRTC does not know compute capability {}.{} of {}",
                               card.computeMajor, card.computeMinor, card.name);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::string cudaKernelsProblem(c10::Device device) {
    const std::lock_guard lock(problems().mutex);
    auto known = problems().byDevice.find(device.index());
    if (known == problems().byDevice.end())
        known = problems().byDevice.emplace(device.index(), problemOfDevice(device.index())).first;
    return known->second;
}

void refuseCudaKernels(c10::Device device, const std::string& reason) {
    const std::lock_guard lock(problems().mutex);
    problems().byDevice[device.index()] = reason;
}

} // namespace headroom
