// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/ffmpeg_handles.h"
#include "core/audio/speaker.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// The output format of a decoder; known after its first frame.
struct FfmpegFormat {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::vector<Speaker> speakers = {}; ///< empty: unknown

    bool operator==(const FfmpegFormat&) const = default;
};

/// Decodes the packets of a track with libavcodec. Removes what the encoder added before and after the audio,
/// as far as the packets state it.
class FfmpegCodec {
public:
    /// Throws FfmpegError if libavcodec has no decoder for the track.
    /// @param format required output; zeros: any
    explicit FfmpegCodec(const AVStream& track, FfmpegFormat format = {});

    /// Appends what the packet decodes to, as interleaved samples. Returns the number of frames. Throws
    /// FfmpegError if the packet is damaged, or if the format changes.
    /// @param packet null: the end, after which no packet may follow
    std::int64_t decode(const AVPacket* packet, std::vector<float>& interleaved);

    /// Zeros before the first frame, if unknown.
    const FfmpegFormat& format() const { return format_; }
    bool hasDecoded() const { return converter_ != nullptr; } ///< any frame

private:
    std::int64_t convert(std::vector<float>& interleaved);
    void prepareConverter();

    CodecPtr codec_;
    FramePtr frame_;
    ConverterPtr converter_;
    int sampleFormat_ = AV_SAMPLE_FMT_NONE; ///< that converter_ expects
    FfmpegFormat format_ = {};
};

/// "AAC", "WMAV2", ...
std::string codecName(const AVStream& track);

/// Whether a codec of this name loses quality. False for unknown names.
bool isLossyCodec(std::string_view name);

/// Whether a decoder that starts in the middle of such a track soon has the output of one that started at the
/// beginning.
bool canStartAnywhere(const AVStream& track);

} // namespace headroom
