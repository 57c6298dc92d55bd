// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/ffmpeg_codec.h"
#include "core/audio/ffmpeg_demuxer.h"
#include "core/audio/file_bytes.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// A part of a track that is decoded by a decoder of its own.
struct FfmpegBlock {
    std::int64_t frame = 0;       ///< its first frame
    std::int64_t packet = 0;      ///< number of its first packet
    std::int64_t firstPacket = 0; ///< that its decoder decodes, before `packet`
};

/// Decodes a track in blocks of five seconds. The decoder of each block starts half a second before it,
/// because it needs what overlaps the block. The samples of a block therefore do not depend on where reading
/// began, not even those that a decoder draws at random (noise in AAC, dither in AC-3). Tracks whose decoders
/// cannot start anywhere are one block. Uses memory for some packets and what one of them decodes to.
class FfmpegBlocks {
public:
    /// @param block where to begin. Packets before it are read, but not decoded.
    explicit FfmpegBlocks(std::shared_ptr<const FileBytes> file, const FfmpegBlock& block = {});

    /// Decodes the next packet and appends its frames to `interleaved`. Returns false at the end. Throws
    /// Error (Input) with the position if the file is damaged.
    bool decode(std::vector<float>& interleaved);

    const FfmpegDemuxer& demuxer() const { return *demuxer_; }
    const FfmpegFormat& format() const { return codec_->format(); }
    std::int64_t frames() const { return frames_; } ///< position of the next frame to be decoded
    const FfmpegBlock& block() const { return block_; }
    /// At the end: the frames of the track, without what its encoder added after the audio.
    std::int64_t trimmedFrames() const;

private:
    struct KeptPacket {
        PacketPtr packet;
        std::int64_t frames = 0;
    };

    PacketPtr readPacket();
    void decodePacket(PacketPtr packet, std::vector<float>& interleaved);
    void keep(PacketPtr packet, std::int64_t frames);
    void startBlock();
    std::int64_t lastDuration() const;
    [[noreturn]] void reject(const std::string& reason) const;

    std::shared_ptr<const FileBytes> file_;
    std::unique_ptr<FfmpegDemuxer> demuxer_;
    std::unique_ptr<FfmpegCodec> codec_;
    FfmpegBlock block_;
    std::int64_t frames_ = 0;
    std::int64_t packets_ = 0; ///< read so far
    bool hasEnded_ = false;
    bool isWhole_ = false;             ///< no further blocks are started
    std::int64_t lastFrames_ = 0;      ///< of the newest packet
    std::int64_t lastPosition_ = 0;    ///< of the newest packet in the file, bytes
    int failures_ = 0;                 ///< packets before the first frame that could not be decoded
    std::deque<KeptPacket> kept_ = {}; ///< the newest, with which the decoder of the next block would start
    std::int64_t keptFrames_ = 0;
    std::size_t keptBytes_ = 0;
};

} // namespace headroom
