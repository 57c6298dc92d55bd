#pragma once

#include "core/audio/audio_reader.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace headroom {

/// A sound file being decoded, of a kind that one library reads. One thread at a time.
class AudioDecoder {
public:
    virtual ~AudioDecoder() = default;

    /// Its frames are those that can be read, unless the file is damaged.
    virtual const AudioInfo& info() const = 0;

    /// Moves to a frame before the end; false where it cannot be reached.
    virtual bool seek(std::int64_t frame) = 0;

    /// Fills `interleaved` with the next frames; how many there were: 0 at the end, and where they cannot be
    /// decoded.
    virtual std::int64_t read(std::span<float> interleaved) = 0;
};

/// For AudioInfo::notice; empty where the two are the same to a tenth of a second.
std::string wrongLengthNotice(double claimedSeconds, double seconds);

/// Opens a file with the library for its kind. Throws Error (Input) naming the file; see AudioReader.
std::unique_ptr<AudioDecoder> openDecoder(const std::filesystem::path& path);

} // namespace headroom
