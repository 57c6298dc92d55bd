// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"
#include "core/support/error.h"

namespace headroom {
namespace {

constexpr std::size_t framesAt = 2; // offset in the COMM chunk
constexpr std::size_t bitsAt = 6;
constexpr std::size_t minimumDescription = 18;

struct AiffHeader {
    std::string kind;                   ///< "AIFF" or "AIFC"
    std::string description;            ///< contents of the COMM chunk
    std::optional<HeaderChunk> samples; ///< the SSND chunk
};

AiffHeader readAiffHeader(const FileBytes& file) {
    AiffHeader header;
    header.kind = file.read(8, 4);
    constexpr std::uint64_t firstChunk = 12;
    walkChunks(file, firstChunk, {.isBigEndian = true}, [&](const HeaderChunk& chunk) {
        if (chunk.id == "COMM")
            header.description = contentsOf(file, chunk);
        if (chunk.id == "SSND")
            header.samples = chunk;
        return header.description.empty() || !header.samples;
    });
    return header;
}

std::string chunk(const std::string& id, std::uint64_t size, const std::string& contents) {
    return id + bigEndianBytes(size, 4) + contents + std::string(contents.size() % 2, '\0');
}

std::string aiffHeader(const AiffHeader& from, std::uint64_t bytes, const std::string& where) {
    constexpr std::uint64_t largest = 0xFFFFFFFF - 4096;
    if (bytes > largest) {
        throw Error(ErrorKind::Input, "the audio exceeds the 4 GiB limit of AIFF files", where,
                    "Save it again as FLAC, RF64 or Wave64.");
    }
    std::string description = from.description;
    const std::uint64_t channels = bigEndian(description.substr(0, framesAt));
    const std::uint64_t frameBytes = channels * ((bigEndian(description.substr(bitsAt, 2)) + 7) / 8);
    if (frameBytes > 0)
        description.replace(framesAt, 4, bigEndianBytes(bytes / frameBytes, 4));
    const std::string body = from.kind + chunk("COMM", description.size(), description) +
                             chunk("SSND", bytes + 8, std::string(8, '\0'));
    return "FORM" + bigEndianBytes(body.size() + bytes + bytes % 2, 4) + body;
}

} // namespace

std::optional<RewrittenHeader> checkAiffHeader(const FileBytes& file) {
    const AiffHeader header = readAiffHeader(file);
    if (!header.samples || header.description.size() < minimumDescription)
        return std::nullopt;
    constexpr std::uint64_t prefix = 8; // offset and block size
    const std::uint64_t begin =
        header.samples->begin + prefix + bigEndian(file.read(header.samples->begin, 4));
    LengthClaim claim{begin, std::nullopt, true, true};
    const std::uint64_t claimed = header.samples->begin + header.samples->size;
    if (!isPlaceholder32(header.samples->size) || claimed <= file.size())
        claim.bytes = claimed - std::min(claimed, begin);
    const SampleExtent extent = findSamples(file, claim);
    if (extent.isAsClaimed())
        return std::nullopt;
    return rewritten(aiffHeader(header, extent.end - extent.begin, file.path().string()), extent);
}

} // namespace headroom
