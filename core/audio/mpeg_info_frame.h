// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// The Xing or Info header that many encoders write into the first frame of an MPEG audio file.
struct MpegInfoFrame {
    std::uint64_t begin = 0;            ///< offset of the frame in the file, bytes
    std::optional<std::int64_t> frames; ///< MPEG frames that follow it
    std::optional<std::uint64_t> bytes; ///< from this frame to the end of the file
};

/// Returns the offset of the first possible frame, after ID3v2 tags and the zeros that may follow them.
std::uint64_t beginOfMpeg(const FileBytes& file);

/// Absent if the first frame is an ordinary one.
std::optional<MpegInfoFrame> findInfoFrame(const FileBytes& file);

} // namespace headroom
