#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace headroom {

/// The samples of a sound that are not finite numbers, counted stretch by stretch.
class BadSamples {
public:
    /// @param begin the frame of the sound at which the stretch begins
    void add(const AudioBuffer& stretch, std::int64_t begin);

    bool any() const { return count_ > 0; }
    /// "10 samples from 1.134 s on are not numbers"; only where there are any
    std::string describe(int sampleRate) const;

private:
    std::int64_t count_ = 0;
    std::int64_t first_ = 0; ///< frame
    bool anyInfinite_ = false;
};

/// What to do about a sound with bad samples, for errors.
inline constexpr const char* badSamplesRemedy =
    "Export it again, or cut these samples out in a sound editor.";

/// Throws Error (Input) where a file holds samples that are not finite: how many and from when on. Reads all
/// of it, block by block.
void refuseBadSamples(const std::filesystem::path& file);

/// The same, but the file is read only where `sound`, which was made from it, has such samples.
void requireFinite(const AudioBuffer& sound, const std::filesystem::path& file);

} // namespace headroom
