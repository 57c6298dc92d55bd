// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"

namespace headroom {

std::optional<RewrittenHeader> checkWave64Header(const FileBytes& file) {
    const ChunkFormat chunkFormat{.idBytes = 16, .sizeBytes = 8, .sizeCountsHeader = true, .alignment = 8};
    constexpr std::uint64_t firstChunk = 40;
    std::string format;
    std::optional<HeaderChunk> data;
    walkChunks(file, firstChunk, chunkFormat, [&](const HeaderChunk& chunk) {
        if (chunk.id.starts_with("fmt ") && format.empty())
            format = contentsOf(file, chunk);
        if (chunk.id.starts_with("data"))
            data = chunk;
        return !data;
    });
    if (!data || format.empty())
        return std::nullopt;
    LengthClaim claim{data->begin, data->size, false, false};
    if (isPlaceholder64(data->size))
        claim.bytes.reset();
    // More chunks follow the samples. findSamples does not know their layout, so the header is trusted.
    if (claim.bytes && data->begin + *claim.bytes < file.size())
        return std::nullopt;
    const SampleExtent extent = findSamples(file, claim);
    if (extent.isAsClaimed())
        return std::nullopt;
    return rewritten(waveHeader(format, extent.end - extent.begin), extent);
}

} // namespace headroom
