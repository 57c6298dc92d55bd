// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ffmpeg_codec.h"

#include "core/audio/ffmpeg_log.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

namespace headroom {
namespace {

/// Absent for a channel that has no loudspeaker of a surround layout.
std::optional<Speaker> speakerOf(AVChannel channel) {
    static const std::map<AVChannel, Speaker> speakers = {
        {AV_CHAN_FRONT_LEFT, Speaker::FrontLeft},     {AV_CHAN_FRONT_RIGHT, Speaker::FrontRight},
        {AV_CHAN_FRONT_CENTER, Speaker::FrontCenter}, {AV_CHAN_LOW_FREQUENCY, Speaker::LowFrequency},
        {AV_CHAN_BACK_LEFT, Speaker::BackLeft},       {AV_CHAN_BACK_RIGHT, Speaker::BackRight},
        {AV_CHAN_BACK_CENTER, Speaker::BackCenter},   {AV_CHAN_SIDE_LEFT, Speaker::SideLeft},
        {AV_CHAN_SIDE_RIGHT, Speaker::SideRight},
    };
    const auto known = speakers.find(channel);
    return known == speakers.end() ? std::nullopt : std::optional(known->second);
}

std::vector<Speaker> speakersOf(const AVChannelLayout& layout) {
    std::vector<Speaker> speakers;
    for (int c = 0; c < layout.nb_channels; ++c) {
        const auto channel = av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(c));
        const auto speaker = speakerOf(channel);
        if (!speaker)
            return {};
        speakers.push_back(*speaker);
    }
    return speakers;
}

} // namespace

FfmpegCodec::FfmpegCodec(const AVStream& track, FfmpegFormat format)
    : frame_(av_frame_alloc()), format_(std::move(format)) {
    const AVCodec* decoder = avcodec_find_decoder(track.codecpar->codec_id);
    if (decoder == nullptr)
        throw FfmpegError(fmt::format("there is no decoder for {}", codecName(track)));
    codec_.reset(avcodec_alloc_context3(decoder));
    clearFfmpegReason();
    int result = avcodec_parameters_to_context(codec_.get(), track.codecpar);
    codec_->pkt_timebase = track.time_base;
    codec_->thread_count = 1; // songs are decoded side by side
    if (result >= 0)
        result = avcodec_open2(codec_.get(), decoder, nullptr);
    if (result < 0)
        throw FfmpegError(ffmpegReason(result));
}

std::int64_t FfmpegCodec::decode(const AVPacket* packet, std::vector<float>& interleaved) {
    clearFfmpegReason();
    int result = avcodec_send_packet(codec_.get(), packet);
    std::int64_t frames = 0;
    while (result >= 0) {
        result = avcodec_receive_frame(codec_.get(), frame_.get());
        if (result >= 0)
            frames += convert(interleaved);
    }
    if (result != AVERROR(EAGAIN) && result != AVERROR_EOF)
        throw FfmpegError(ffmpegReason(result));
    return frames;
}

std::int64_t FfmpegCodec::convert(std::vector<float>& interleaved) {
    const FfmpegFormat format{frame_->sample_rate, frame_->ch_layout.nb_channels,
                              speakersOf(frame_->ch_layout)};
    if (format_.channels == 0)
        format_ = format;
    if (format != format_) {
        throw FfmpegError(fmt::format("it changes from {} Hz and {} channels to {} Hz and {} channels",
                                      format_.sampleRate, format_.channels, format.sampleRate,
                                      format.channels));
    }
    if (frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0)
        throw FfmpegError(ffmpegReason(AVERROR_INVALIDDATA));
    if (sampleFormat_ != frame_->format)
        prepareConverter();
    const std::size_t before = interleaved.size();
    interleaved.resize(before + static_cast<std::size_t>(frame_->nb_samples) *
                                    static_cast<std::size_t>(format.channels));
    auto* into = reinterpret_cast<std::uint8_t*>(interleaved.data() + before);
    // Without const up to FFmpeg 7, with it later.
    auto from = const_cast<const std::uint8_t**>(frame_->extended_data);
    const int converted = swr_convert(converter_.get(), &into, frame_->nb_samples, from, frame_->nb_samples);
    if (converted != frame_->nb_samples)
        throw FfmpegError(ffmpegReason(converted));
    return converted;
}

void FfmpegCodec::prepareConverter() {
    SwrContext* converter = nullptr;
    const auto inputFormat = static_cast<AVSampleFormat>(frame_->format);
    int result = swr_alloc_set_opts2(&converter, &frame_->ch_layout, AV_SAMPLE_FMT_FLT, frame_->sample_rate,
                                     &frame_->ch_layout, inputFormat, frame_->sample_rate, 0, nullptr);
    converter_.reset(converter);
    if (result >= 0)
        result = swr_init(converter_.get());
    if (result < 0)
        throw FfmpegError(ffmpegReason(result));
    sampleFormat_ = frame_->format;
}

std::string codecName(const AVStream& track) {
    std::string name = avcodec_get_name(track.codecpar->codec_id);
    std::ranges::transform(name, name.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return name;
}

bool isLossyCodec(std::string_view name) {
    const std::string lower = lowerCase(std::string(name));
    const AVCodecDescriptor* codec = avcodec_descriptor_get_by_name(lower.c_str());
    return codec != nullptr && (codec->props & AV_CODEC_PROP_LOSSLESS) == 0;
}

bool canStartAnywhere(const AVStream& track) {
    constexpr std::array codecs = {
        AV_CODEC_ID_AAC,  AV_CODEC_ID_AC3,  AV_CODEC_ID_EAC3, AV_CODEC_ID_OPUS,    AV_CODEC_ID_VORBIS,
        AV_CODEC_ID_MP2,  AV_CODEC_ID_MP3,  AV_CODEC_ID_DTS,  AV_CODEC_ID_WMAV1,   AV_CODEC_ID_WMAV2,
        AV_CODEC_ID_ALAC, AV_CODEC_ID_FLAC, AV_CODEC_ID_APE,  AV_CODEC_ID_WAVPACK, AV_CODEC_ID_TTA,
    };
    const AVCodecID codec = track.codecpar->codec_id;
    const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec);
    const bool isPcm = descriptor != nullptr && std::string_view(descriptor->name).starts_with("pcm_");
    return isPcm || std::ranges::count(codecs, codec) > 0;
}

} // namespace headroom
