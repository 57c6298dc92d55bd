// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ffmpeg_blocks.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

/// At a sample rate in Hz.
std::int64_t framesPerBlock(int sampleRate) {
    constexpr std::int64_t seconds = 5;
    constexpr std::int64_t fewest = 40000; // rates below 8 kHz are rarely meant
    return std::max(seconds * sampleRate, fewest);
}

bool changesCodec(const AVPacket& packet) {
    return av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr;
}

} // namespace

FfmpegBlocks::FfmpegBlocks(std::shared_ptr<const FileBytes> file, const FfmpegBlock& block)
    : file_(std::move(file)), block_(block), frames_(block.frame) {
    try {
        demuxer_ = std::make_unique<FfmpegDemuxer>(file_);
        codec_ = std::make_unique<FfmpegCodec>(demuxer_->track());
        isWhole_ = !canStartAnywhere(demuxer_->track());
    } catch (const FfmpegError& error) {
        throw Error(ErrorKind::Input, fmt::format("unsupported or damaged audio file ({})", error.what()),
                    file_->path().string(), "Convert it to WAV or FLAC, or get another copy.");
    }
    while (packets_ < block.firstPacket && readPacket()) {
    }
    std::vector<float> before;
    while (packets_ < block.packet) {
        PacketPtr packet = readPacket();
        if (!packet)
            break;
        decodePacket(std::move(packet), before);
        before.clear();
    }
    frames_ = block.frame;
}

bool FfmpegBlocks::decode(std::vector<float>& interleaved) {
    if (hasEnded_)
        return false;
    if (!isWhole_ && frames_ - block_.frame >= framesPerBlock(format().sampleRate))
        startBlock();
    PacketPtr packet = readPacket();
    hasEnded_ = packet == nullptr;
    isWhole_ = isWhole_ || (packet && changesCodec(*packet));
    decodePacket(std::move(packet), interleaved);
    return true;
}

PacketPtr FfmpegBlocks::readPacket() {
    try {
        PacketPtr packet = demuxer_->next();
        packets_ += packet ? 1 : 0;
        return packet;
    } catch (const FfmpegError& error) {
        reject(error.what());
    }
}

/// @param packet null: the end
void FfmpegBlocks::decodePacket(PacketPtr packet, std::vector<float>& interleaved) {
    constexpr int mostFailures = 16;
    std::int64_t frames = 0;
    try {
        frames = codec_->decode(packet.get(), interleaved);
    } catch (const FfmpegError& error) {
        // A track that was cut out of another may begin with packets that refer to what is missing, and so do
        // the packets from which the decoder of a block starts.
        if (codec_->hasDecoded() || ++failures_ > mostFailures)
            reject(error.what());
    }
    frames_ += frames;
    if (packet) {
        lastFrames_ = frames;
        lastPosition_ = packet->pos;
    }
    if (packet && !isWhole_)
        keep(std::move(packet), frames);
}

void FfmpegBlocks::keep(PacketPtr packet, std::int64_t frames) {
    constexpr std::size_t fewest = 4;
    constexpr std::size_t most = 1024; // of a damaged file, as the bytes
    constexpr std::size_t mostBytes = 16 << 20;
    keptFrames_ += frames;
    keptBytes_ += static_cast<std::size_t>(packet->size);
    kept_.push_back({std::move(packet), frames});
    const auto canDropOldest = [&] {
        const bool areEnough =
            kept_.size() > fewest && keptFrames_ - kept_.front().frames >= format().sampleRate / 2;
        return areEnough || kept_.size() > most || keptBytes_ > mostBytes;
    };
    while (!kept_.empty() && canDropOldest()) {
        keptFrames_ -= kept_.front().frames;
        keptBytes_ -= static_cast<std::size_t>(kept_.front().packet->size);
        kept_.pop_front();
    }
}

void FfmpegBlocks::startBlock() {
    block_ = {frames_, packets_, packets_ - std::ssize(kept_)};
    codec_ = std::make_unique<FfmpegCodec>(demuxer_->track(), format());
    std::deque<KeptPacket> packets = std::exchange(kept_, {});
    keptFrames_ = 0;
    keptBytes_ = 0;
    failures_ = 0;
    std::vector<float> before;
    for (KeptPacket& kept : packets) {
        decodePacket(std::move(kept.packet), before);
        before.clear();
    }
    frames_ = block_.frame;
}

/// Of the newest packet, in frames; 0: unknown. libavformat changes it to that of the edit list, which can be
/// rounded to a millisecond, so that it has to be read without edit lists.
std::int64_t FfmpegBlocks::lastDuration() const {
    try {
        FfmpegDemuxer demuxer(file_, FfmpegDemuxer::EditLists::Ignore);
        PacketPtr last;
        while (PacketPtr packet = demuxer.next())
            last = std::move(packet);
        if (last && last->pos == lastPosition_)
            return av_rescale_q(last->duration, demuxer.track().time_base,
                                {1, std::max(1, format().sampleRate)});
    } catch (const FfmpegError&) { // of a part of the track that the edit list leaves out
    }
    return 0;
}

std::int64_t FfmpegBlocks::trimmedFrames() const {
    if (const auto exact = demuxer_->encodedFrames())
        return std::min(frames_, *exact);
    // In MP4, the duration of the last packet or that of the edit list ends the audio.
    if (demuxer_->container() != "MP4")
        return frames_;
    const std::int64_t duration = lastDuration();
    const bool isShort = duration > 0 && duration < lastFrames_;
    const std::int64_t frames = isShort ? frames_ - (lastFrames_ - duration) : frames_;
    const auto claimed =
        static_cast<std::int64_t>(std::llround(demuxer_->claimedSeconds().value_or(0) * format().sampleRate));
    const bool endsInLastPacket = claimed < frames && frames - claimed < lastFrames_;
    return endsInLastPacket ? claimed : frames;
}

void FfmpegBlocks::reject(const std::string& reason) const {
    const double seconds = format().sampleRate > 0 ? static_cast<double>(frames_) / format().sampleRate : 0.0;
    throw Error(ErrorKind::Input,
                fmt::format("the file is damaged or truncated at {:.3f} s ({})", seconds, reason),
                file_->path().string(), "Get another copy, or convert it to WAV or FLAC.");
}

} // namespace headroom
