// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cuda_driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace headroom {
namespace {

constexpr int noDevice = 100; // CUDA_ERROR_NO_DEVICE

/// What a LibTorch built with a major version of CUDA requires of a machine.
struct Requirements {
    int cudaMajor;
    const char* driver; ///< first driver release that supports it
    int capability;     ///< ten times the smallest compute capability that it has kernels for
    const char* cards;  ///< the cards with that capability
};

constexpr Requirements cuda12{12, "525", 50, "GTX 750, GTX 900 and newer"};
constexpr Requirements cuda13{13, "580", 75, "GTX 16, RTX 20, T4 and newer"};

Requirements requirementsOf(int cudaMajor) {
    return cudaMajor < cuda13.cudaMajor ? cuda12 : cuda13;
}

int capabilityOf(const Card& card) {
    return 10 * card.computeMajor + card.computeMinor;
}

/// A problem of the driver, which affects all cards; absent if the driver reports cards.
std::optional<CardProblem> driverProblem(const CudaDriver& driver, const Requirements& required) {
    if (!driver.found)
        return CardProblem{
            "no NVIDIA driver was found (libcuda.so.1)",
            fmt::format("Install the NVIDIA driver, version {} or newer. In a container, start "
                        "it with access to the GPU.",
                        required.driver)};
    if (driver.error == noDevice || (driver.error == 0 && driver.cards.empty())) {
        const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
        return CardProblem{visible == nullptr
                               ? "the NVIDIA driver finds no card"
                               : fmt::format("CUDA_VISIBLE_DEVICES={} hides all cards", visible),
                           visible == nullptr ? "Check that nvidia-smi lists the card."
                                              : "Unset CUDA_VISIBLE_DEVICES, or add a card to it."};
    }
    if (driver.error != 0)
        return CardProblem{
            fmt::format("the NVIDIA driver could not be initialized (CUDA error {})", driver.error),
            "If the driver was just updated, restart the machine. Check that nvidia-smi lists the card."};
    return std::nullopt;
}

/// "cuda:0 (RTX 3060), cuda:1 (RTX 4090)"
std::string listOf(const std::vector<Card>& cards) {
    std::string list;
    for (std::size_t i = 0; i < cards.size(); ++i)
        list += fmt::format("{}cuda:{} ({})", i == 0 ? "" : ", ", i, cards[i].name);
    return list;
}

} // namespace

std::optional<CardProblem> problemWith(const CudaDriver& driver, int cudaMajor, int index) {
    const Requirements required = requirementsOf(cudaMajor);
    if (auto problem = driverProblem(driver, required))
        return problem;
    if (index < 0 || index >= std::ssize(driver.cards))
        return CardProblem{fmt::format("this machine has no cuda:{}", index),
                           fmt::format("Choose one of {}.", listOf(driver.cards))};
    const Card& card = driver.cards[static_cast<std::size_t>(index)];
    if (card.computeMajor == 0)
        return CardProblem{fmt::format("the NVIDIA driver does not report the properties of {}", card.name),
                           "Check that nvidia-smi lists the card."};
    // First: a new driver does not help with an old card.
    if (capabilityOf(card) < required.capability)
        return CardProblem{fmt::format("{} is too old: it has compute capability {}.{}, and LibTorch for "
                                       "CUDA {} needs {}.{} ({})",
                                       card.name, card.computeMajor, card.computeMinor, cudaMajor,
                                       required.capability / 10, required.capability % 10, required.cards),
                           "Use a newer card."};
    if (driver.cudaVersion / 1000 < cudaMajor)
        return CardProblem{fmt::format("the NVIDIA driver is too old: it supports CUDA {}.{}, and LibTorch "
                                       "needs CUDA {}",
                                       driver.cudaVersion / 1000, driver.cudaVersion % 1000 / 10, cudaMajor),
                           fmt::format("Update it to version {} or newer.", required.driver)};
    return std::nullopt;
}

std::optional<CardProblem> problemWithAll(const CudaDriver& driver, int cudaMajor) {
    const auto newest =
        std::max_element(driver.cards.begin(), driver.cards.end(),
                         [](const Card& a, const Card& b) { return capabilityOf(a) < capabilityOf(b); });
    return problemWith(driver, cudaMajor, static_cast<int>(newest - driver.cards.begin()));
}

} // namespace headroom
