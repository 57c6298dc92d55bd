#pragma once

#include "core/audio/file_bytes.h"
#include "core/audio/sound_decoder.h"
#include "core/audio/sound_header.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace headroom {

/// A sound file that libsndfile decodes.
class SndfileDecoder : public AudioDecoder {
public:
    /// @param header to be read in place of the file's own
    /// Throws Error (Input) naming the file: not one that libsndfile reads.
    SndfileDecoder(std::shared_ptr<const FileBytes> file, std::optional<RewrittenHeader> header);
    ~SndfileDecoder() override;

    const AudioInfo& info() const override { return info_; }
    bool seek(std::int64_t frame) override;
    std::int64_t read(std::span<float> interleaved) override;

    /// Decodes to the end, over what is damaged, in little memory; how many frames there are.
    std::int64_t countFrames();

    /// The byte of the file up to which libsndfile has read, which is somewhat further than it has decoded.
    std::uint64_t bytesRead() const;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
    AudioInfo info_;
};

} // namespace headroom
