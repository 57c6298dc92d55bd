// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"
#include "core/audio/sndfile_decoder.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace headroom {

/// Fields of the STREAMINFO block of a FLAC file.
struct FlacDescription {
    std::uint64_t begin = 0;       ///< offset of the block in the file, bytes
    std::int64_t frames = 0;       ///< 0: unknown
    std::int64_t maximumBlock = 0; ///< frames in the largest block
};

/// Absent if this is not a native FLAC file. FLAC in Ogg does not count.
std::optional<FlacDescription> findFlac(const FileBytes& file);

/// Decodes a native FLAC file.
///
/// Finds the actual length: if the header has a length, seeks to the last frame. If the header has none, or
/// if there is more than it claims, decodes the whole file, once per process and file.
class FlacDecoder final : public SndfileDecoder {
public:
    /// Throws Error (Input) if the file is damaged, truncated, or several files joined in one.
    FlacDecoder(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac);

    /// Of up to eight channels, as the format defines them (RFC 9639, section 9.1.3).
    std::vector<Speaker> speakers() const override;
    bool seek(std::int64_t frame) override;
    /// Throws Error (Input) if the end was reached without a seek and another stream follows.
    std::int64_t read(std::span<float> interleaved) override;

private:
    const FileBytes& file_;
    std::int64_t position_ = 0;
    bool isSequential_ = true;
};

} // namespace headroom
