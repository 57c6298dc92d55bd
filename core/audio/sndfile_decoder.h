// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_decoder.h"
#include "core/audio/audio_header.h"
#include "core/audio/file_bytes.h"
#include "core/support/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace headroom {

/// libsndfile does not know the format of a file. Of kind Input.
class UnknownFormatError : public Error {
public:
    using Error::Error;
};

/// Decodes an audio file with libsndfile.
class SndfileDecoder : public AudioDecoder {
public:
    /// Throws Error (Input) if libsndfile cannot decode the file; UnknownFormatError if another library may.
    /// @param header replaces the file's own header, if present
    SndfileDecoder(std::shared_ptr<const FileBytes> file, std::optional<RewrittenHeader> header);
    ~SndfileDecoder() override;

    const AudioInfo& info() const override { return info_; }
    std::vector<Speaker> speakers() const override;
    bool seek(std::int64_t frame) override;
    std::int64_t read(std::span<float> interleaved) override;

    /// Decodes to the end, skipping damage, in constant memory. Returns the number of frames.
    std::int64_t countFrames();

    /// Offset in the file up to which libsndfile has read, slightly more than it has decoded. In bytes.
    std::uint64_t bytesRead() const;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
    AudioInfo info_;
};

} // namespace headroom
