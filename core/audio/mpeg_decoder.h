// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_decoder.h"
#include "core/audio/byte_stream.h"
#include "core/audio/file_bytes.h"

#include <cstdint>
#include <memory>
#include <span>

struct mpg123_handle_struct;

namespace headroom {

/// Whether a file starts with a frame of MPEG audio (MP3, MP2, MP1), possibly after ID3v2 tags.
bool isMpeg(const FileBytes& file);

/// Decodes an MPEG audio file with libmpg123.
///
/// MPEG files need not state their length. The frames are therefore counted without decoding them, once per
/// process and file. If several files are joined in one, all of them are read. If the file states how much
/// silence its encoder added, this silence is removed; at the end only if its frame count is correct.
class MpegDecoder final : public AudioDecoder {
public:
    /// Throws Error (Input) if no frame can be decoded, if the file is truncated, or if it joins parts with
    /// different rates or channels.
    explicit MpegDecoder(const std::shared_ptr<const FileBytes>& file);
    ~MpegDecoder() override;

    const AudioInfo& info() const override { return info_; }
    bool seek(std::int64_t frame) override;
    std::int64_t read(std::span<float> interleaved) override;

private:
    struct CloseHandle {
        void operator()(mpg123_handle_struct* handle) const;
    };
    using Handle = std::unique_ptr<mpg123_handle_struct, CloseHandle>;
    static Handle openHandle(ByteStream& stream);
    static std::int64_t countFrames(const std::shared_ptr<const FileBytes>& file);
    void trimSilence(const FileBytes& file, std::int64_t mpegFrames, int samplesPerFrame);

    ByteStream stream_;
    Handle handle_; // after the stream that it reads
    AudioInfo info_;
    std::int64_t begin_ = 0;   ///< decoded frames of silence at the start, skipped
    std::int64_t preroll_ = 0; ///< frames to decode before a position to which to seek
};

} // namespace headroom
