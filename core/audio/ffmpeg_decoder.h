// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_decoder.h"
#include "core/audio/ffmpeg_blocks.h"
#include "core/audio/file_bytes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace headroom {

/// Decodes an audio file with FFmpeg's libraries.
///
/// Containers have no length that is exact to a frame, and seek to packets. The file is therefore decoded
/// once per process and version of the file, which finds its length and where its blocks are. Seeking reads
/// the packets before a block and decodes from there.
class FfmpegDecoder final : public AudioDecoder {
public:
    /// Throws Error (Input) if the file is damaged or truncated, or has no audio.
    explicit FfmpegDecoder(std::shared_ptr<const FileBytes> file);
    ~FfmpegDecoder() override;

    const AudioInfo& info() const override;
    std::vector<Speaker> speakers() const override;
    bool seek(std::int64_t frame) override;
    /// Throws Error (Input) if the file has become damaged.
    std::int64_t read(std::span<float> interleaved) override;

private:
    struct Index;
    static std::shared_ptr<const Index> makeIndex(const std::shared_ptr<const FileBytes>& file);

    std::shared_ptr<const FileBytes> file_;
    std::shared_ptr<const Index> index_;
    std::unique_ptr<FfmpegBlocks> blocks_; ///< null before the first read or seek
    std::int64_t position_ = 0;            ///< the next frame that read() returns
    std::vector<float> ready_;             ///< decoded, interleaved
    std::size_t taken_ = 0;                ///< samples of ready_ that were returned
};

} // namespace headroom
