// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/allocator_settings.h"

#include <c10/core/AllocatorConfig.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace headroom {
namespace {

using LibTorchSettings = c10::CachingAllocator::AcceleratorAllocatorConfig;

constexpr const char* expandableSegments = "expandable_segments";

/// The settings in the environment, as LibTorch reads them.
struct Environment {
    std::string text;
    AllocatorSettings settings = {};
    bool decides = false; ///< it sets expandable_segments
};

/// Read once, before this program changes any setting.
const Environment& environment() {
    static const Environment once = [] {
        Environment read{.text = c10::CachingAllocator::getAllocatorSettings()};
        read.decides = read.text.find(expandableSegments) != std::string::npos;
        read.settings.expandableSegments = LibTorchSettings::use_expandable_segments();
        if (const auto maxSplit = LibTorchSettings::max_split_size();
            maxSplit != std::numeric_limits<std::size_t>::max())
            read.settings.maxSplitSize = static_cast<std::int64_t>(maxSplit);
        return read;
    }();
    return once;
}

} // namespace

AllocatorSettings allocatorSettings(const Card& card) {
    AllocatorSettings settings = environment().settings;
    if (!environment().decides)
        settings.expandableSegments = card.mapsMemory;
    return settings;
}

void applyAllocatorSettings(const Card& card) {
    const auto& [others, settings, decides] = environment();
    if (decides || LibTorchSettings::use_expandable_segments() == card.mapsMemory)
        return;
    // LibTorch resets the settings that are not in the text.
    c10::CachingAllocator::setAllocatorSettings(others + (others.empty() ? "" : ",") + expandableSegments +
                                                (card.mapsMemory ? ":True" : ":False"));
}

} // namespace headroom
