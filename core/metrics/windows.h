#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The windows that BSSEval v4 scores a song in: window t begins at frame t * hop. A song that is not longer
/// than one window is one window; what is left over behind the last whole window is not scored.
class ScoreWindows {
public:
    /// @param window, hop  in frames, both positive
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

/// Whether the channels sum to exactly zero in every frame of [begin, end), as museval tells silence: so
/// left = -right counts as silent. Frames past the end of the sound count as zeros.
bool isSilent(const AudioBuffer& sound, std::int64_t begin, std::int64_t end);

/// The median of what is not NaN; absent where all is.
std::optional<double> medianOfDefined(std::vector<double> values);

} // namespace headroom
