// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"

namespace headroom {

std::optional<RewrittenHeader> checkCafHeader(const FileBytes& file) {
    const ChunkFormat format{.sizeBytes = 8, .isBigEndian = true, .alignment = 1};
    constexpr std::uint64_t firstChunk = 8;
    std::string description;
    std::optional<HeaderChunk> data;
    walkChunks(file, firstChunk, format, [&](const HeaderChunk& chunk) {
        if (chunk.id == "desc")
            description = contentsOf(file, chunk);
        if (chunk.id == "data")
            data = chunk;
        return !data;
    });
    constexpr std::uint64_t editCount = 4; // size of the field before the samples
    if (!data || description.empty())
        return std::nullopt;
    LengthClaim claim{data->begin + editCount, std::nullopt, false, true};
    if (!isPlaceholder64(data->size) && data->size > editCount)
        claim.bytes = data->size - editCount;
    // More chunks follow the samples. They may be needed for decoding, so the header is trusted.
    if (claim.bytes && claim.begin + *claim.bytes < file.size())
        return std::nullopt;
    const SampleExtent extent = findSamples(file, claim);
    const bool isPlain = description.substr(8, 4) == "lpcm" || description.substr(8, 4) == "ulaw" ||
                         description.substr(8, 4) == "alaw";
    if (extent.isAsClaimed() || !isPlain)
        return std::nullopt;
    const std::uint64_t bytes = extent.end - extent.begin;
    std::string header = std::string("caff\0\1\0\0desc", 12) + bigEndianBytes(description.size(), 8) +
                         description + "data" + bigEndianBytes(bytes + editCount, 8) +
                         bigEndianBytes(0, static_cast<int>(editCount));
    return rewritten(std::move(header), extent);
}

} // namespace headroom
