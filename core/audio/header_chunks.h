#pragma once

#include "core/audio/file_bytes.h"
#include "core/audio/sample_extent.h"
#include "core/audio/sound_header.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace headroom {

/// A chunk of a file that is made of chunks.
struct HeaderChunk {
    std::string id;
    std::uint64_t begin = 0; ///< its contents
    std::uint64_t size = 0;  ///< as it says itself
};

/// How the chunks of a kind of files look.
struct ChunkForm {
    int idBytes = 4;
    int sizeBytes = 4;
    bool isBigEndian = false;
    bool sizeCountsHeader = false;
    int alignment = 2;
};

/// Visits the chunks from byte `at` on, until `visit` returns false or the file ends.
void walkChunks(const FileBytes& file, std::uint64_t at, const ChunkForm& form,
                const std::function<bool(const HeaderChunk&)>& visit);

/// The contents of a chunk; empty for one that is longer than a description of samples ever is.
std::string contentsOf(const FileBytes& file, const HeaderChunk& chunk);

/// The header of a WAV file, or where its sizes are too big for one of an RF64 file.
/// @param format contents of its format chunk  @param bytes of samples
std::string waveHeader(const std::string& format, std::uint64_t bytes);

/// @param header for the samples of this extent
RewrittenHeader rewritten(std::string header, const SampleExtent& extent);

} // namespace headroom
