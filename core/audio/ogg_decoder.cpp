// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ogg_decoder.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace headroom {

OggDecoder::OggDecoder(std::shared_ptr<const FileBytes> file, const OggPages& pages)
    : SndfileDecoder(std::move(file), std::nullopt), pages_(pages) {}

bool OggDecoder::seek(std::int64_t frame) {
    if (info().encoding != "VORBIS")
        return SndfileDecoder::seek(frame);
    // The first block after a seek may lack what overlaps it. The longest block has 8192 frames.
    constexpr std::int64_t preroll = 16384;
    const std::int64_t start = std::max<std::int64_t>(0, std::min(frame, pages_.lastBegin) - preroll);
    // From the start, libsndfile searches for the page instead of counting from its current position.
    return SndfileDecoder::seek(0) && SndfileDecoder::seek(start) && skip(frame - start);
}

} // namespace headroom
