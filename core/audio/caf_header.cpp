#include "core/audio/header_chunks.h"

namespace headroom {

std::optional<RewrittenHeader> checkCafHeader(const FileBytes& file) {
    const ChunkForm form{.sizeBytes = 8, .isBigEndian = true, .alignment = 1};
    constexpr std::uint64_t firstChunk = 8;
    std::string description;
    std::optional<HeaderChunk> data;
    walkChunks(file, firstChunk, form, [&](const HeaderChunk& chunk) {
        if (chunk.id == "desc")
            description = contentsOf(file, chunk);
        if (chunk.id == "data")
            data = chunk;
        return !data;
    });
    constexpr std::uint64_t editCount = 4; // in front of the samples
    if (!data || description.empty())
        return std::nullopt;
    LengthClaim claim{data->begin + editCount, std::nullopt, false, true};
    if (!isPlaceholder64(data->size) && data->size > editCount)
        claim.bytes = data->size - editCount;
    // What follows the samples are chunks with long sizes, and may be needed to decode them.
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
