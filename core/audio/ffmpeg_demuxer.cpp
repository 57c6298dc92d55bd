// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ffmpeg_demuxer.h"

#include "core/audio/ffmpeg_log.h"
#include "core/audio/id3_tag.h"

extern "C" {
#include <libavutil/mem.h>
}

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <span>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

/// libavformat's names.
constexpr std::array<std::string_view, 20> readContainers = {"mov,mp4,m4a,3gp,3g2,mj2",
                                                             "matroska,webm",
                                                             "asf",
                                                             "avi",
                                                             "flv",
                                                             "mpeg",
                                                             "mpegts",
                                                             "aac",
                                                             "loas",
                                                             "ac3",
                                                             "eac3",
                                                             "dts",
                                                             "dtshd",
                                                             "truehd",
                                                             "mlp",
                                                             "amr",
                                                             "ape",
                                                             "wv",
                                                             "tta",
                                                             "tak"};

/// Absent if the file does not begin like one of the containers.
const AVInputFormat* containerOf(const FileBytes& file) {
    constexpr std::size_t probedBytes = 1 << 16;
    prepareFfmpeg();
    std::string start = file.read(endOfId3Tags(file), probedBytes);
    const auto bytes = static_cast<int>(start.size());
    start.append(AVPROBE_PADDING_SIZE, '\0');
    const AVProbeData data{"", reinterpret_cast<unsigned char*>(start.data()), bytes, nullptr};
    int score = 0;
    const AVInputFormat* format = av_probe_input_format3(&data, 1, &score);
    const bool isCertain = format != nullptr && score >= AVPROBE_SCORE_RETRY;
    return isCertain && std::ranges::count(readContainers, std::string_view(format->name)) > 0 ? format
                                                                                               : nullptr;
}

/// All decoders of audio. Those of video would run only to probe tracks that are not read.
const std::string& audioDecoders() {
    static const std::string names = [] {
        std::string list;
        void* position = nullptr;
        while (const AVCodec* codec = av_codec_iterate(&position)) {
            if (codec->type == AVMEDIA_TYPE_AUDIO && av_codec_is_decoder(codec) != 0)
                list += (list.empty() ? "" : ",") + std::string(codec->name);
        }
        return list;
    }();
    return names;
}

int readPacketBytes(void* stream, std::uint8_t* into, int count) {
    const std::size_t got = static_cast<ByteStream*>(stream)->read(
        {reinterpret_cast<char*>(into), static_cast<std::size_t>(std::max(count, 0))});
    return got > 0 ? static_cast<int>(got) : AVERROR_EOF;
}

std::int64_t seekPacketBytes(void* stream, std::int64_t offset, int whence) {
    auto& bytes = *static_cast<ByteStream*>(stream);
    return whence == AVSEEK_SIZE ? bytes.size() : bytes.seek(offset, whence & ~AVSEEK_FORCE);
}

int refuseToOpen(AVFormatContext* /*context*/, AVIOContext** /*io*/, const char* /*url*/, int /*flags*/,
                 AVDictionary** /*options*/) {
    return AVERROR(EPERM);
}

bool isAudio(const AVStream* stream) {
    return stream->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
}

std::span<AVStream*> streamsOf(const AVFormatContext& context) {
    return {context.streams, context.nb_streams};
}

AVStream* chosenTrack(const AVFormatContext& context) {
    AVStream* first = nullptr;
    for (AVStream* stream : streamsOf(context)) {
        if (isAudio(stream) && (stream->disposition & AV_DISPOSITION_DEFAULT) != 0)
            return stream;
        if (isAudio(stream) && first == nullptr)
            first = stream;
    }
    return first;
}

void addFfmpegTags(AudioTags& tags, const AVDictionary* dictionary) {
    constexpr std::array names = {
        std::pair{AudioTag::Title, "title"},       std::pair{AudioTag::Artist, "artist"},
        std::pair{AudioTag::Album, "album"},       std::pair{AudioTag::Date, "date"},
        std::pair{AudioTag::TrackNumber, "track"}, std::pair{AudioTag::Genre, "genre"},
        std::pair{AudioTag::Comment, "comment"},   std::pair{AudioTag::Copyright, "copyright"},
    };
    for (const auto& [tag, name] : names) {
        if (const AVDictionaryEntry* entry = av_dict_get(dictionary, name, nullptr, 0))
            addTag(tags, tag, entry->value);
    }
}

} // namespace

void FfmpegDemuxer::CloseContext::operator()(AVFormatContext* context) const {
    avformat_close_input(&context);
}

void FfmpegDemuxer::FreeIo::operator()(AVIOContext* io) const {
    av_freep(&io->buffer); // libavformat may have replaced the one that it was given
    avio_context_free(&io);
}

bool FfmpegDemuxer::recognizes(const FileBytes& file) {
    return containerOf(file) != nullptr;
}

FfmpegDemuxer::FfmpegDemuxer(const std::shared_ptr<const FileBytes>& file, EditLists editLists)
    : bytes_(file) {
    clearFfmpegReason();
    open(editLists);
    track_ = chosenTrack(*context_);
    if (track_ == nullptr)
        throw FfmpegError("it has no audio");
    for (AVStream* stream : streamsOf(*context_))
        stream->discard = stream == track_ ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

FfmpegDemuxer::~FfmpegDemuxer() = default;

void FfmpegDemuxer::open(EditLists editLists) {
    constexpr int bufferBytes = 1 << 15;
    const AVInputFormat* format = containerOf(bytes_.file());
    if (format == nullptr)
        throw FfmpegError("its format is not known");
    auto* buffer = static_cast<unsigned char*>(av_malloc(bufferBytes));
    io_.reset(avio_alloc_context(buffer, bufferBytes, 0, &bytes_, readPacketBytes, nullptr, seekPacketBytes));
    AVFormatContext* context = avformat_alloc_context();
    context->pb = io_.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->io_open = refuseToOpen;
    context->codec_whitelist = av_strdup(audioDecoders().c_str());
    AVDictionary* options = nullptr;
    if (editLists == EditLists::Ignore)
        av_dict_set(&options, "ignore_editlist", "1", 0);
    int result = avformat_open_input(&context, "", format, &options); // frees the context if it fails
    context_.reset(context);
    av_dict_free(&options);
    if (result >= 0)
        result = avformat_find_stream_info(context_.get(), nullptr);
    bytes_.rethrowFailure();
    if (result < 0)
        throw FfmpegError(ffmpegReason(result));
}

int FfmpegDemuxer::audioTracks() const {
    return static_cast<int>(std::ranges::count_if(streamsOf(*context_), isAudio));
}

int FfmpegDemuxer::trackNumber() const {
    int number = 0;
    for (const AVStream* stream : streamsOf(*context_)) {
        number += isAudio(stream) ? 1 : 0;
        if (stream == track_)
            break;
    }
    return number;
}

std::string FfmpegDemuxer::container() const {
    const std::string name = context_->iformat->name;
    if (name.starts_with("mov,"))
        return "MP4";
    std::string shortName = name.substr(0, name.find(','));
    std::ranges::transform(shortName, shortName.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return shortName;
}

std::optional<double> FfmpegDemuxer::claimedSeconds() const {
    // Lengths that libavformat guesses from a bit rate do not count as claims.
    if (context_->duration_estimation_method != AVFMT_DURATION_FROM_STREAM)
        return std::nullopt;
    // Only MP4 has a length per track, others that of the longest.
    if (container() == "MP4" && track_->duration > 0)
        return static_cast<double>(track_->duration) * av_q2d(track_->time_base);
    if (context_->nb_streams == 1 && context_->duration > 0)
        return static_cast<double>(context_->duration) / AV_TIME_BASE;
    return std::nullopt;
}

std::optional<std::int64_t> FfmpegDemuxer::encodedFrames() const {
    // Hexadecimal numbers: zero, frames before and after the audio, frames of the audio, and others.
    const AVDictionaryEntry* entry = av_dict_get(context_->metadata, "iTunSMPB", nullptr, 0);
    unsigned before = 0;
    unsigned after = 0;
    unsigned long long frames = 0;
    const bool isKnown =
        entry != nullptr && std::sscanf(entry->value, "%*x %8x %8x %16llx", &before, &after, &frames) == 3;
    constexpr unsigned long long most = std::uint64_t{1} << 40;
    return isKnown && frames > 0 && frames < most ? std::optional(static_cast<std::int64_t>(frames))
                                                  : std::nullopt;
}

AudioTags FfmpegDemuxer::tags() const {
    AudioTags tags;
    addFfmpegTags(tags, track_->metadata);
    addFfmpegTags(tags, context_->metadata);
    return tags;
}

PacketPtr FfmpegDemuxer::next() {
    for (;;) {
        PacketPtr packet(av_packet_alloc());
        clearFfmpegReason();
        const int result = av_read_frame(context_.get(), packet.get());
        bytes_.rethrowFailure();
        if (result == AVERROR_EOF)
            return nullptr;
        if (result < 0)
            throw FfmpegError(ffmpegReason(result));
        if (packet->stream_index != track_->index || packet->size == 0)
            continue;
        if ((packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
            throw FfmpegError("a packet is not complete");
        return packet;
    }
}

} // namespace headroom
