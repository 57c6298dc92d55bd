// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/compute_device.h"

#include "core/cards/cards.h"
#include "core/cards/cuda_driver.h"
#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/model/allocator_settings.h"
#include "core/model/cuda_library.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/log.h"

#include <ATen/Context.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {
namespace {

/// Major version of the CUDA of PyPI's LibTorch, for a machine without a driver, where LibTorch's part for
/// cards is not loaded.
constexpr int usualCudaMajor = 13;

/// Major version of the CUDA that the loaded LibTorch was built with; 0 without CUDA.
int builtCudaMajor() {
    const auto& hooks = at::detail::getCUDAHooks();
    return hooks.hasCUDART() ? static_cast<int>(hooks.versionCUDART() / 1000) : 0;
}

/// Why this card cannot be used; without an index, why none can.
std::optional<CardProblem> cudaProblem(std::optional<int> index = {}) {
    const CudaDriver driver = queryCudaDriver();
    if (const std::string missing = cudaLibraryProblem(); !missing.empty())
        return CardProblem{missing, "Run `headroom setup --cuda`."};
    const int cudaMajor = driver.found ? builtCudaMajor() : usualCudaMajor;
    if (cudaMajor == 0)
        return CardProblem{"this LibTorch was built without CUDA", "Use PyTorch's build for CUDA 13."};
    return index ? problemWith(driver, cudaMajor, *index) : problemWithAll(driver, cudaMajor);
}

/// Parses N of "cuda:N".
std::optional<int> cardIndex(std::string_view name) {
    constexpr std::string_view prefix = "cuda:";
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    int index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool whole = error == std::errc() && end == name.data() + name.size();
    return whole && index >= 0 ? std::optional(index) : std::nullopt;
}

c10::Device cudaDevice(int index) {
    return {c10::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

[[noreturn]] void throwProblem(const CardProblem& problem) {
    throw Error(ErrorKind::Input, problem.what, "--device", problem.remedy + " Or use --device cpu.");
}

void logCard(const CudaDriver& driver, int index) {
    const Card& card = driver.cards[static_cast<std::size_t>(index)];
    log(LogCategory::Cards, LogLevel::Info,
        fmt::format("using cuda:{}: {}, {}, compute capability {}.{}, driver for CUDA {}.{}", index,
                    card.name, formatBytes(card.capacity), card.computeMajor, card.computeMinor,
                    driver.cudaVersion / 1000, driver.cudaVersion % 1000 / 10));
}

c10::Device requireCard(int index) {
    // Query the driver first: if it is unusable, LibTorch would print a warning.
    if (const auto problem = cudaProblem(index))
        throwProblem(*problem);
    if (!at::hasCUDA() || at::getNumGPUs() <= static_cast<std::size_t>(index))
        throwProblem(
            {fmt::format("LibTorch cannot use cuda:{}", index), "Check that nvidia-smi lists the card."});
    const CudaDriver driver = queryCudaDriver();
    logCard(driver, index);
    applyAllocatorSettings(driver.cards[static_cast<std::size_t>(index)]);
    return cudaDevice(index);
}

} // namespace

ComputeDevice computeDevice(const std::string& name) {
    if (name == "cpu")
        return {c10::Device(c10::kCPU)};
    if (const auto index = cardIndex(name))
        return {requireCard(*index)};
    if (name != "auto" && name != "cuda")
        throw Error(ErrorKind::Input, "unknown device '" + name + "'", "--device",
                    "Use auto, cpu, cuda, or the number of a card, such as cuda:1.");
    if (const std::vector<UsableCard> cards = usableCards(); !cards.empty())
        return {requireCard(cards.front().device.index())};
    if (name == "cuda")
        throwProblem(cudaProblem().value());
    return {c10::Device(c10::kCPU), "using the CPU: " + noUsableCard()};
}

std::string deviceName(c10::Device device) {
    return device.str();
}

Card cardOf(c10::Device device) {
    if (device.is_cpu())
        return cpuCard();
    const std::vector<Card> cards = queryCudaDriver().cards;
    const std::size_t index = static_cast<std::uint8_t>(device.index());
    if (index >= cards.size())
        throw Error(ErrorKind::Failure,
                    "the NVIDIA driver does not report the properties of " + deviceName(device));
    return cards[index];
}

std::vector<UsableCard> usableCards() {
    std::vector<UsableCard> usable;
    const int cudaMajor = builtCudaMajor();
    const CudaDriver driver = cudaMajor == 0 ? CudaDriver{} : queryCudaDriver();
    for (int index = 0; index < std::ssize(driver.cards); ++index) {
        if (problemWith(driver, cudaMajor, index))
            continue;
        usable.push_back({driver.cards[static_cast<std::size_t>(index)], cudaDevice(index)});
        usable.back().card.device = deviceName(usable.back().device);
    }
    return usable;
}

std::string noUsableCard() {
    const auto problem = cudaProblem();
    return problem ? problem->what + ". " + problem->remedy : std::string();
}

bool hasFastBfloat16(const Card& card) {
    return card.computeMajor == 0 ? hasBfloat16Tiles() : card.computeMajor >= 8;
}

bool hasFastBfloat16(c10::Device device) {
    return hasFastBfloat16(cardOf(device));
}

} // namespace headroom
