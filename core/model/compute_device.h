#pragma once

#include "core/values/forecast.h"

#include <c10/core/Device.h>

#include <string>
#include <vector>

namespace headroom {

/// A device to compute on, and how it came to that.
struct ComputeDevice {
    c10::Device device;
    std::string notice = {}; ///< why "auto" is the processor, and what to do about it; else empty
};

/// The device of a name: "cpu", "cuda:N", "cuda", which is the first card that LibTorch can use, or "auto",
/// which is that card or else the processor.
/// @throws Error of kind Input for another name, and for a card that is not there or cannot be used, with the
///         reason and the remedy: too old a card or driver, no driver, no card
ComputeDevice computeDevice(const std::string& name);

/// "cpu", "cuda:0".
std::string deviceName(c10::Device device);

/// The processor, or a card as its driver describes it.
/// @throws Error of kind Failure where the driver does not
Card cardOf(c10::Device device);

/// A card of this machine that LibTorch can use.
struct UsableCard {
    Card card;
    c10::Device device;
};

/// All of them, in CUDA's order.
std::vector<UsableCard> usableCards();

/// Why there are none, and what to do about it; empty where there are some.
std::string noUsableCard();

/// Whether bf16 saves time, not only memory: on cards of compute capability 8.0 and newer, and on a CPU that
/// multiplies bfloat16 tiles.
bool hasFastBfloat16(const Card& card);
bool hasFastBfloat16(c10::Device device);

} // namespace headroom
