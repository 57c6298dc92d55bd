#include "core/cards/cuda_driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace headroom {
namespace {

constexpr int noDevice = 100; // CUDA_ERROR_NO_DEVICE

/// What LibTorch needs of the machine when it is built with a CUDA of this major version.
struct Needs {
    int cudaMajor;
    const char* driver; ///< release of the driver that first supported it
    int capability;     ///< ten times the compute capability of the oldest cards it has kernels for
    const char* cards;
};

constexpr Needs cuda12{12, "525", 50, "GTX 750, GTX 900 and newer"};
constexpr Needs cuda13{13, "580", 75, "GTX 16, RTX 20, T4 and newer"};

Needs needsOf(int cudaMajor) {
    return cudaMajor < cuda13.cudaMajor ? cuda12 : cuda13;
}

int capabilityOf(const Card& card) {
    return 10 * card.computeMajor + card.computeMinor;
}

/// Whatever hinders all cards alike; nothing where the driver has cards to tell of.
std::optional<CardTrouble> machineTrouble(const CudaDriver& driver, const Needs& needs) {
    if (!driver.found)
        return CardTrouble{"no NVIDIA driver was found (libcuda.so.1)",
                           fmt::format("Install NVIDIA's driver, version {} or newer; a container must be "
                                       "started with access to the GPU.",
                                       needs.driver)};
    if (driver.error == noDevice || (driver.error == 0 && driver.cards.empty())) {
        const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
        return CardTrouble{visible == nullptr
                               ? "the NVIDIA driver finds no card"
                               : fmt::format("CUDA_VISIBLE_DEVICES={} leaves no card", visible),
                           visible == nullptr ? "Check with nvidia-smi that it lists the card."
                                              : "Unset CUDA_VISIBLE_DEVICES, or name a card in it."};
    }
    if (driver.error != 0)
        return CardTrouble{
            fmt::format("the NVIDIA driver does not start (CUDA error {})", driver.error),
            "Restart the machine if the driver was just updated, and check with nvidia-smi that it "
            "lists the card."};
    return std::nullopt;
}

std::string listed(const std::vector<Card>& cards) {
    std::string list;
    for (std::size_t i = 0; i < cards.size(); ++i)
        list += fmt::format("{}cuda:{} ({})", i == 0 ? "" : ", ", i, cards[i].name);
    return list;
}

} // namespace

std::optional<CardTrouble> troubleWith(const CudaDriver& driver, int cudaMajor, int index) {
    const Needs needs = needsOf(cudaMajor);
    if (auto trouble = machineTrouble(driver, needs))
        return trouble;
    if (index < 0 || index >= std::ssize(driver.cards))
        return CardTrouble{fmt::format("there is no cuda:{} here", index),
                           fmt::format("Choose one of {}.", listed(driver.cards))};
    const Card& card = driver.cards[static_cast<std::size_t>(index)];
    if (card.computeMajor == 0)
        return CardTrouble{fmt::format("the NVIDIA driver does not describe {}", card.name),
                           "Check with nvidia-smi that it lists the card."};
    // Before the driver: a new one would not help.
    if (capabilityOf(card) < needs.capability)
        return CardTrouble{fmt::format("{} is too old: it has compute capability {}.{}, and LibTorch for "
                                       "CUDA {} needs {}.{} ({})",
                                       card.name, card.computeMajor, card.computeMinor, cudaMajor,
                                       needs.capability / 10, needs.capability % 10, needs.cards),
                           "Use a newer card."};
    if (driver.cudaVersion / 1000 < cudaMajor)
        return CardTrouble{fmt::format("the NVIDIA driver is too old: it supports CUDA {}.{}, and LibTorch "
                                       "needs CUDA {}",
                                       driver.cudaVersion / 1000, driver.cudaVersion % 1000 / 10, cudaMajor),
                           fmt::format("Update it to version {} or newer.", needs.driver)};
    return std::nullopt;
}

std::optional<CardTrouble> troubleWithAll(const CudaDriver& driver, int cudaMajor) {
    const auto best =
        std::max_element(driver.cards.begin(), driver.cards.end(),
                         [](const Card& a, const Card& b) { return capabilityOf(a) < capabilityOf(b); });
    return troubleWith(driver, cudaMajor, static_cast<int>(best - driver.cards.begin()));
}

} // namespace headroom
