// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_reader.h"
#include "core/audio/speaker.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// Interface of the decoders, one per library. One thread at a time. If a read of the file fails, every
/// function throws the systemError, and the decoder can no longer be used.
class AudioDecoder {
public:
    virtual ~AudioDecoder() = default;

    /// info().frames can all be read unless the file is damaged.
    virtual const AudioInfo& info() const = 0;

    /// Of the channels, in their order. Empty if the file does not say.
    virtual std::vector<Speaker> speakers() const { return {}; }

    /// Seeks to a frame before the end. Returns false if it cannot be reached.
    virtual bool seek(std::int64_t frame) = 0;

    /// Fills `interleaved` with the next frames. Returns their number: 0 at the end, or if they cannot be
    /// decoded.
    virtual std::int64_t read(std::span<float> interleaved) = 0;

protected:
    /// Decodes frames and drops them. Returns false if the end comes first.
    bool skip(std::int64_t frames);
};

/// Text for AudioInfo::notice. Empty if the two durations are equal to a tenth of a second.
std::string wrongLengthNotice(double claimedSeconds, double seconds);

/// Opens a file with the decoder for its format, mixed down to stereo if it is surround sound. Throws Error;
/// see AudioReader.
std::unique_ptr<AudioDecoder> openDecoder(const std::filesystem::path& path);

} // namespace headroom
