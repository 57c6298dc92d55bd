// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_decoder.h"

#include "core/audio/audio_header.h"
#include "core/audio/downmix_decoder.h"
#include "core/audio/ffmpeg_decoder.h"
#include "core/audio/ffmpeg_demuxer.h"
#include "core/audio/flac_decoder.h"
#include "core/audio/mpeg_decoder.h"
#include "core/audio/ogg_decoder.h"
#include "core/audio/sndfile_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace headroom {

std::string wrongLengthNotice(double claimedSeconds, double seconds) {
    const std::string claimed = fmt::format("{:.1f} s", claimedSeconds);
    const std::string actual = fmt::format("{:.1f} s", seconds);
    return claimed == actual
               ? std::string()
               : fmt::format("its header claims {}; all {} found in the file are used", claimed, actual);
}

bool AudioDecoder::skip(std::int64_t frames) {
    constexpr std::int64_t blockFrames = 16384;
    const std::int64_t channels = info().channels;
    std::vector<float> block(static_cast<std::size_t>(std::min(frames, blockFrames) * channels));
    while (frames > 0) {
        const std::int64_t wanted = std::min(frames, blockFrames);
        const std::int64_t got = read(std::span(block).first(static_cast<std::size_t>(wanted * channels)));
        if (got <= 0)
            return false;
        frames -= got;
    }
    return true;
}

namespace {

std::unique_ptr<AudioDecoder> decoderFor(const std::shared_ptr<const FileBytes>& file) {
    if (isMpeg(*file))
        return std::make_unique<MpegDecoder>(file);
    if (const auto flac = findFlac(*file))
        return std::make_unique<FlacDecoder>(file, *flac);
    if (const auto ogg = findOgg(*file))
        return std::make_unique<OggDecoder>(file, *ogg);
    try {
        return std::make_unique<SndfileDecoder>(file, checkHeader(*file));
    } catch (const UnknownFormatError&) {
        if (!FfmpegDemuxer::recognizes(*file))
            throw;
    }
    return std::make_unique<FfmpegDecoder>(file);
}

} // namespace

std::unique_ptr<AudioDecoder> openDecoder(const std::filesystem::path& path) {
    auto decoder = decoderFor(std::make_shared<const FileBytes>(path));
    if (auto downmix = Downmix::of(decoder->speakers()))
        return std::make_unique<DownmixDecoder>(std::move(decoder), *std::move(downmix));
    return decoder;
}

} // namespace headroom
