// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_decoder.h"

#include "core/audio/audio_header.h"
#include "core/audio/flac_decoder.h"
#include "core/audio/mpeg_decoder.h"
#include "core/audio/ogg_pages.h"
#include "core/audio/sndfile_decoder.h"

#include <fmt/format.h>

namespace headroom {

std::string wrongLengthNotice(double claimedSeconds, double seconds) {
    const std::string claimed = fmt::format("{:.1f} s", claimedSeconds);
    const std::string actual = fmt::format("{:.1f} s", seconds);
    return claimed == actual
               ? std::string()
               : fmt::format("its header claims {}; all {} found in the file are used", claimed, actual);
}

std::unique_ptr<AudioDecoder> openDecoder(const std::filesystem::path& path) {
    auto file = std::make_shared<const FileBytes>(path);
    if (isMpeg(*file))
        return std::make_unique<MpegDecoder>(*file);
    if (const auto flac = findFlac(*file))
        return std::make_unique<FlacDecoder>(file, *flac);
    rejectJoinedOgg(*file);
    return std::make_unique<SndfileDecoder>(file, checkHeader(*file));
}

} // namespace headroom
