// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_header.h"
#include "core/audio/file_bytes.h"
#include "core/audio/sample_extent.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace headroom {

/// A chunk of an IFF-like file (RIFF, AIFF, CAF, Wave64).
struct HeaderChunk {
    std::string id;
    std::uint64_t begin = 0; ///< offset of its contents, bytes
    std::uint64_t size = 0;  ///< size of its contents according to its header, bytes
};

/// Layout of chunks in a file format.
struct ChunkFormat {
    int idBytes = 4;
    int sizeBytes = 4;
    bool isBigEndian = false;
    bool sizeCountsHeader = false;
    int alignment = 2;
};

/// Visits the chunks from byte `at` on, until `visit` returns false or the file ends.
void walkChunks(const FileBytes& file, std::uint64_t at, const ChunkFormat& format,
                const std::function<bool(const HeaderChunk&)>& visit);

/// Returns the contents of a chunk. Empty if it is longer than any format description (64 KiB).
std::string contentsOf(const FileBytes& file, const HeaderChunk& chunk);

/// Returns the header of a WAV file, or of an RF64 file if the samples do not fit a WAV file.
/// @param format contents of the format chunk
/// @param bytes  size of the samples
std::string waveHeader(const std::string& format, std::uint64_t bytes);

/// Combines a header with the samples that it describes.
RewrittenHeader rewritten(std::string header, const SampleExtent& extent);

} // namespace headroom
