#pragma once

#include "core/audio/file_bytes.h"
#include "core/audio/sndfile_decoder.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace headroom {

/// What the description of the stream in a FLAC file says.
struct FlacDescription {
    std::uint64_t begin = 0;  ///< byte of the file at which it begins
    std::int64_t frames = 0;  ///< 0: unknown
    std::int64_t longest = 0; ///< frames in the longest block
};

/// Absent for what is no FLAC file (FLAC in Ogg is none).
std::optional<FlacDescription> findFlac(const FileBytes& file);

/// A FLAC file.
///
/// Its length is that which it really has: where its header makes a claim, the frame that it should end with
/// is looked for, and only where there is more, or where it makes no claim, is the file decoded to its end,
/// once in the life of this process.
class FlacDecoder final : public SndfileDecoder {
public:
    /// Throws Error (Input): the file is damaged, cut short, or several are joined in it.
    FlacDecoder(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac);

    bool seek(std::int64_t frame) override;
    /// Throws Error (Input) where the end is reached in one go, and another stream follows.
    std::int64_t read(std::span<float> interleaved) override;

private:
    const FileBytes& file_;
    std::int64_t position_ = 0;
    bool isSequential_ = true;
};

} // namespace headroom
