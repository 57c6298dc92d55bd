#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// What the first frame of an MPEG audio file says of the file, where it is one that encoders put there to
/// say it (Xing, Info).
struct MpegInfoFrame {
    std::uint64_t begin = 0;            ///< its place in the file
    std::optional<std::int64_t> frames; ///< MPEG frames behind it
    std::optional<std::uint64_t> bytes; ///< of the file from it on
};

/// The first byte that may be one of a frame: behind ID3v2 tags and the zeros that may follow them.
std::uint64_t beginOfMpeg(const FileBytes& file);

/// Absent where the first frame is an ordinary one.
std::optional<MpegInfoFrame> findInfoFrame(const FileBytes& file);

} // namespace headroom
