// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
}

#include <memory>
#include <stdexcept>

namespace headroom {

struct FreeFfmpeg {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(SwrContext* converter) const { swr_free(&converter); }
};

/// Own what FFmpeg's libraries allocate.
using PacketPtr = std::unique_ptr<AVPacket, FreeFfmpeg>;
using FramePtr = std::unique_ptr<AVFrame, FreeFfmpeg>;
using CodecPtr = std::unique_ptr<AVCodecContext, FreeFfmpeg>;
using ConverterPtr = std::unique_ptr<SwrContext, FreeFfmpeg>;

/// An error of FFmpeg's libraries about a file, without its name and the position.
class FfmpegError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace headroom
