// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_tags.h"
#include "core/audio/byte_stream.h"
#include "core/audio/ffmpeg_handles.h"
#include "core/audio/file_bytes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace headroom {

/// Reads the packets of the audio track of a file with libavformat, from the first to the last. Of several
/// tracks it reads the one that is marked as default, or the first.
///
/// Only these containers are read, none of which refers to other files: MP4 (M4A, MOV, 3GP), Matroska (WebM),
/// ASF (WMA), AVI, FLV, MPEG program and transport streams, AAC (ADTS, LATM), AC-3, E-AC-3, DTS, TrueHD, AMR,
/// Monkey's Audio, WavPack, TTA and TAK. Nothing but the given file is ever opened.
class FfmpegDemuxer {
public:
    /// Whether the file begins like one of these containers.
    static bool recognizes(const FileBytes& file);

    enum class EditLists { Follow, Ignore };

    /// Throws FfmpegError if the file is damaged or has no audio, and like FileBytes.
    /// @param editLists of MP4: which part of the track is its audio
    explicit FfmpegDemuxer(const std::shared_ptr<const FileBytes>& file,
                           EditLists editLists = EditLists::Follow);
    ~FfmpegDemuxer();
    FfmpegDemuxer(const FfmpegDemuxer&) = delete;
    FfmpegDemuxer& operator=(const FfmpegDemuxer&) = delete;

    const AVStream& track() const { return *track_; }
    int audioTracks() const;                      ///< their number, at least 1
    int trackNumber() const;                      ///< of the one that is read, among those, from 1
    std::string container() const;                ///< "MP4", "MATROSKA", ...
    std::optional<double> claimedSeconds() const; ///< length by the container; absent: unknown
    /// Frames that were encoded, as Apple's programs note it in MP4 (iTunSMPB); absent: unknown.
    std::optional<std::int64_t> encodedFrames() const;
    AudioTags tags() const;

    /// The next packet that is not empty; null at the end. Throws FfmpegError and like FileBytes.
    PacketPtr next();

private:
    struct CloseContext {
        void operator()(AVFormatContext* context) const;
    };
    struct FreeIo {
        void operator()(AVIOContext* io) const;
    };
    void open(EditLists editLists);

    ByteStream bytes_;
    std::unique_ptr<AVIOContext, FreeIo> io_; // after the bytes that it reads
    std::unique_ptr<AVFormatContext, CloseContext> context_;
    AVStream* track_ = nullptr;
};

} // namespace headroom
