// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/downmix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numbers>
#include <set>

namespace headroom {
namespace {

constexpr auto minus3Decibels = static_cast<float>(1 / std::numbers::sqrt2);

std::array<float, 2> gainsOf(Speaker speaker) {
    switch (speaker) {
    case Speaker::FrontLeft:
        return {1, 0};
    case Speaker::FrontRight:
        return {0, 1};
    case Speaker::FrontCenter:
        return {minus3Decibels, minus3Decibels};
    case Speaker::BackLeft:
    case Speaker::SideLeft:
        return {minus3Decibels, 0};
    case Speaker::BackRight:
    case Speaker::SideRight:
        return {0, minus3Decibels};
    case Speaker::BackCenter:
        return {minus3Decibels * minus3Decibels, minus3Decibels * minus3Decibels};
    case Speaker::LowFrequency:
        break;
    }
    return {0, 0};
}

} // namespace

std::optional<Downmix> Downmix::of(std::span<const Speaker> speakers) {
    const std::set<Speaker> different(speakers.begin(), speakers.end());
    const bool hasFront = different.contains(Speaker::FrontLeft) && different.contains(Speaker::FrontRight);
    if (speakers.size() <= 2 || different.size() != speakers.size() || !hasFront)
        return std::nullopt;
    return Downmix(speakers);
}

Downmix::Downmix(std::span<const Speaker> speakers) : speakers_(speakers.begin(), speakers.end()) {
    std::ranges::transform(speakers_, std::back_inserter(gains_), gainsOf);
}

void Downmix::mix(std::span<const float> from, std::span<float> into) const {
    const std::size_t channels = gains_.size();
    for (std::size_t frame = 0; frame < into.size() / 2; ++frame) {
        std::array<float, 2> sums{};
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t side = 0; side < 2; ++side)
                sums[side] += gains_[c][side] * from[frame * channels + c];
        }
        std::ranges::copy(sums, into.begin() + static_cast<std::ptrdiff_t>(2 * frame));
    }
}

std::string Downmix::text() const {
    const auto has = [&](Speaker speaker) { return std::ranges::count(speakers_, speaker) > 0; };
    std::vector<std::string> parts = {"left and right 1"};
    if (has(Speaker::FrontCenter))
        parts.emplace_back("center 0.707");
    if (has(Speaker::BackLeft) || has(Speaker::BackRight) || has(Speaker::SideLeft) ||
        has(Speaker::SideRight))
        parts.emplace_back("surround 0.707");
    if (has(Speaker::BackCenter))
        parts.emplace_back("back center 0.5");
    if (has(Speaker::LowFrequency))
        parts.emplace_back("LFE left out");
    return fmt::format("its {} channels are mixed down to stereo by ITU-R BS.775: {}", channels(),
                       fmt::join(parts, ", "));
}

} // namespace headroom
