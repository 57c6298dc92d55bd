// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The scoring windows of BSSEval v4. Window t starts at frame t * hop. A song no longer than one window is
/// one window. Frames after the last whole window are not scored.
class ScoreWindows {
public:
    /// @param window, hop in frames, both positive
    ScoreWindows(std::int64_t frames, std::int64_t window, std::int64_t hop);

    std::int64_t count() const { return count_; }
    std::int64_t length() const { return length_; } ///< frames of each window
    std::int64_t begin(std::int64_t index) const { return index * hop_; }
    std::int64_t end(std::int64_t index) const { return begin(index) + length_; }

private:
    std::int64_t length_;
    std::int64_t hop_;
    std::int64_t count_;
};

/// Whether the channels sum to exactly zero in every frame of [begin, end). This is museval's definition, so
/// left = -right is silent. Frames past the end count as zeros.
bool isSilent(const AudioBuffer& audio, std::int64_t begin, std::int64_t end);

/// The median of the values that are not NaN. Absent if there are none.
std::optional<double> medianOfDefined(std::vector<double> values);

} // namespace headroom
