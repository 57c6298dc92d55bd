// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/speaker.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// Mixes surround sound down to stereo as ITU-R BS.775-3 says (annex 4, table 2): the front left and right
/// channels as they are, the front center and each surround channel by 0.7071 to its side or sides, a single
/// back channel by 0.5 to both; the low-frequency channel is left out. Nothing is scaled, so that peaks may
/// exceed full scale.
class Downmix {
public:
    /// Absent unless these are more than two different loudspeakers, front left and right among them.
    static std::optional<Downmix> of(std::span<const Speaker> speakers);

    int channels() const { return static_cast<int>(gains_.size()); } ///< of the input

    /// @param from frames of channels() samples
    /// @param into as many frames of two samples
    void mix(std::span<const float> from, std::span<float> into) const;

    /// "its 6 channels are mixed down to stereo by ITU-R BS.775: ...", for notices.
    std::string text() const;

private:
    explicit Downmix(std::span<const Speaker> speakers);

    std::vector<Speaker> speakers_;
    std::vector<std::array<float, 2>> gains_; ///< to left and right, per channel
};

} // namespace headroom
