#pragma once

#include "core/audio/file_bytes.h"
#include "core/audio/sound_decoder.h"

#include <cstdint>
#include <memory>
#include <span>

struct mpg123_handle_struct;

namespace headroom {

/// Whether a file begins, behind ID3v2 tags, with a frame of MPEG audio (MP3, MP2, MP1).
bool isMpeg(const FileBytes& file);

/// An MPEG audio file, decoded by libmpg123.
///
/// Nothing in such a file is bound to say how long it is, so that its frames are counted, without decoding
/// them, once in the life of this process. All of a file that several were joined into is read. Where the
/// encoder says how much silence it put around the sound, and its count of frames is right, that is left out.
class MpegDecoder final : public AudioDecoder {
public:
    /// Throws Error (Input) naming the file: no frame that can be decoded, cut short, parts of different
    /// rates or channels joined.
    explicit MpegDecoder(const FileBytes& file);
    ~MpegDecoder() override;

    const AudioInfo& info() const override { return info_; }
    bool seek(std::int64_t frame) override;
    std::int64_t read(std::span<float> interleaved) override;

private:
    struct CloseHandle {
        void operator()(mpg123_handle_struct* handle) const;
    };
    using Handle = std::unique_ptr<mpg123_handle_struct, CloseHandle>;
    static Handle openHandle(const FileBytes& file);
    static std::int64_t countFrames(const FileBytes& file);
    void trimSilence(const FileBytes& file, std::int64_t mpegFrames, int samplesPerFrame);

    Handle handle_;
    AudioInfo info_;
    std::int64_t begin_ = 0; ///< decoded samples in front of the sound
};

} // namespace headroom
