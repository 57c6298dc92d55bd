// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ffmpeg_decoder.h"

#include "core/audio/file_cache.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace headroom {

/// What is found by decoding the whole file.
struct FfmpegDecoder::Index {
    AudioInfo info;
    std::vector<Speaker> speakers;
    std::vector<FfmpegBlock> blocks;
};

namespace {

void rejectShort(const FfmpegBlocks& blocks, const FileBytes& file, double seconds) {
    constexpr double tolerance = 1; // lengths of containers are rounded, and count silence that is skipped
    const double claimed = blocks.demuxer().claimedSeconds().value_or(0);
    if (claimed > seconds + tolerance) {
        throw Error(ErrorKind::Input,
                    fmt::format("the file is truncated: it has {:.1f} of {:.1f} s", seconds, claimed),
                    file.path().string(),
                    "Copy or download it again, or save the rest of it as WAV or FLAC.");
    }
}

AudioInfo infoOf(const FfmpegBlocks& blocks) {
    const FfmpegDemuxer& demuxer = blocks.demuxer();
    AudioInfo info{blocks.format().sampleRate, blocks.format().channels, blocks.trimmedFrames(),
                   demuxer.container(), codecName(demuxer.track())};
    if (demuxer.audioTracks() > 1)
        info.notice = fmt::format("it has {} audio tracks, of which number {} is read", demuxer.audioTracks(),
                                  demuxer.trackNumber());
    info.tags = demuxer.tags();
    return info;
}

} // namespace

std::shared_ptr<const FfmpegDecoder::Index>
FfmpegDecoder::makeIndex(const std::shared_ptr<const FileBytes>& file) {
    FfmpegBlocks blocks(file);
    auto index = std::make_shared<Index>();
    index->blocks.push_back(blocks.block());
    std::vector<float> decoded;
    while (blocks.decode(decoded)) {
        if (blocks.block().packet != index->blocks.back().packet)
            index->blocks.push_back(blocks.block());
        decoded.clear();
    }
    index->info = infoOf(blocks);
    index->speakers = blocks.format().speakers;
    rejectShort(blocks, *file, index->info.seconds());
    return index;
}

FfmpegDecoder::FfmpegDecoder(std::shared_ptr<const FileBytes> file)
    : file_(std::move(file)),
      index_(cachedPerFile<std::shared_ptr<const Index>>(*file_, [this] { return makeIndex(file_); })) {}

FfmpegDecoder::~FfmpegDecoder() = default;

const AudioInfo& FfmpegDecoder::info() const {
    return index_->info;
}

std::vector<Speaker> FfmpegDecoder::speakers() const {
    return index_->speakers;
}

bool FfmpegDecoder::seek(std::int64_t frame) {
    const auto isAfter = [frame](const FfmpegBlock& block) { return block.frame > frame; };
    const FfmpegBlock& block = *std::prev(std::ranges::find_if(index_->blocks, isAfter));
    const bool isAhead = blocks_ && frame >= position_ && block.frame <= blocks_->frames();
    if (!isAhead) {
        blocks_ = std::make_unique<FfmpegBlocks>(file_, block);
        ready_.clear();
        taken_ = 0;
        position_ = block.frame;
    }
    return skip(frame - position_);
}

std::int64_t FfmpegDecoder::read(std::span<float> interleaved) {
    if (!blocks_)
        blocks_ = std::make_unique<FfmpegBlocks>(file_);
    std::size_t done = 0;
    while (done < interleaved.size()) {
        if (taken_ == ready_.size()) {
            ready_.clear();
            taken_ = 0;
            if (!blocks_->decode(ready_))
                break;
        }
        const std::size_t count = std::min(interleaved.size() - done, ready_.size() - taken_);
        std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(taken_), count,
                    interleaved.begin() + static_cast<std::ptrdiff_t>(done));
        taken_ += count;
        done += count;
    }
    const auto frames = static_cast<std::int64_t>(done) / info().channels;
    position_ += frames;
    return frames;
}

} // namespace headroom
