#include "core/model/compute_device.h"

#include "core/cards/cards.h"
#include "core/cards/cuda_driver.h"
#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/support/error.h"

#include <ATen/Context.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

namespace headroom {
namespace {

/// Major version of the CUDA that LibTorch was built with; 0: without.
int builtCudaMajor() {
    const auto& hooks = at::detail::getCUDAHooks();
    return hooks.hasCUDART() ? static_cast<int>(hooks.versionCUDART() / 1000) : 0;
}

/// What hinders this card, or, without an index, all cards of the machine.
std::optional<CardTrouble> troubleHere(std::optional<int> index = {}) {
    const int cudaMajor = builtCudaMajor();
    if (cudaMajor == 0)
        return CardTrouble{"this LibTorch was built without CUDA", "Use PyTorch's build for CUDA 13."};
    const CudaDriver driver = askCudaDriver();
    return index ? troubleWith(driver, cudaMajor, *index) : troubleWithAll(driver, cudaMajor);
}

/// N of "cuda:N".
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

[[noreturn]] void refuse(const CardTrouble& trouble) {
    throw Error(ErrorKind::Input, trouble.what, "--device", trouble.remedy + " Or use --device cpu.");
}

c10::Device requireCard(int index) {
    // The driver is asked first: where it cannot be used, LibTorch prints a warning of its own.
    if (const auto trouble = troubleHere(index))
        refuse(*trouble);
    if (!at::hasCUDA() || at::getNumGPUs() <= static_cast<std::size_t>(index))
        refuse({fmt::format("LibTorch cannot use cuda:{}", index),
                "Check with nvidia-smi that it lists the card."});
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
                    "Use auto, cpu, cuda, or a card by its number, such as cuda:1.");
    if (const std::vector<UsableCard> cards = usableCards(); !cards.empty())
        return {requireCard(cards.front().device.index())};
    if (name == "cuda")
        refuse(troubleHere().value());
    return {c10::Device(c10::kCPU), "using the processor: " + noUsableCard()};
}

std::string deviceName(c10::Device device) {
    return device.str();
}

Card cardOf(c10::Device device) {
    if (device.is_cpu())
        return cpuCard();
    const std::vector<Card> cards = askCudaDriver().cards;
    const auto index = static_cast<std::size_t>(device.index());
    if (index >= cards.size())
        throw Error(ErrorKind::Failure, "the NVIDIA driver does not describe " + deviceName(device));
    return cards[index];
}

std::vector<UsableCard> usableCards() {
    std::vector<UsableCard> usable;
    const int cudaMajor = builtCudaMajor();
    const CudaDriver driver = cudaMajor == 0 ? CudaDriver{} : askCudaDriver();
    for (int index = 0; index < std::ssize(driver.cards); ++index) {
        if (!troubleWith(driver, cudaMajor, index))
            usable.push_back({driver.cards[static_cast<std::size_t>(index)], cudaDevice(index)});
    }
    return usable;
}

std::string noUsableCard() {
    const auto trouble = troubleHere();
    return trouble ? trouble->what + ". " + trouble->remedy : std::string();
}

bool hasFastBfloat16(const Card& card) {
    return card.computeMajor == 0 ? hasBfloat16Tiles() : card.computeMajor >= 8;
}

bool hasFastBfloat16(c10::Device device) {
    return hasFastBfloat16(cardOf(device));
}

} // namespace headroom
