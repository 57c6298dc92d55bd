// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <c10/core/Device.h>

#include <string>
#include <vector>

namespace headroom {

/// The device that a name selects.
struct ComputeDevice {
    c10::Device device;
    std::string notice = {}; ///< why "auto" selected the CPU, with a remedy; otherwise empty
};

/// Selects a device by name: "cpu", "cuda:N", "cuda" (the first card that LibTorch can use) or "auto" (that
/// card, or the CPU if there is none). Sets up LibTorch's allocator for a card. Throws Error (Input) for any
/// other name, and for a card that is missing or unusable, with reason and remedy.
ComputeDevice computeDevice(const std::string& name);

/// Returns "cpu" or "cuda:0".
std::string deviceName(c10::Device device);

/// Properties of the CPU, or of a card as reported by its driver. Throws Error (Failure) if the driver does
/// not report the card.
Card cardOf(c10::Device device);

/// A card of this machine that LibTorch can use.
struct UsableCard {
    Card card;
    c10::Device device;
};

/// All usable cards, in CUDA's order, with Card::device.
std::vector<UsableCard> usableCards();

/// Why this machine has no usable card, with a remedy; empty if it has one.
std::string noUsableCard();

/// True if bf16 saves time and not only memory: on cards of compute capability 8.0 or newer, and on CPUs with
/// AMX.
bool hasFastBfloat16(const Card& card);
bool hasFastBfloat16(c10::Device device);

} // namespace headroom
