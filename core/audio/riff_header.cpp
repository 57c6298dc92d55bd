// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"
#include "core/support/error.h"

namespace headroom {
namespace {

constexpr std::uint64_t largest32 = 0xFFFFFFFF;

struct RiffHeader {
    std::string magic;
    std::string format;                    ///< contents of the fmt chunk
    std::optional<std::uint64_t> longSize; ///< size of the samples in the ds64 chunk
    std::optional<HeaderChunk> data;

    bool isBigEndian() const { return magic == "RIFX"; }
    bool isLong() const { return magic == "RF64" || magic == "BW64"; }
};

RiffHeader readRiffHeader(const FileBytes& file) {
    RiffHeader header;
    header.magic = file.read(0, 4);
    const ChunkFormat format{.isBigEndian = header.isBigEndian()};
    constexpr std::uint64_t firstChunk = 12;
    walkChunks(file, firstChunk, format, [&](const HeaderChunk& chunk) {
        constexpr std::uint64_t dataSizeAt = 8;
        if (chunk.id == "ds64" && chunk.size >= dataSizeAt + 8)
            header.longSize = littleEndian(file.read(chunk.begin + dataSizeAt, 8));
        if (chunk.id == "fmt " && header.format.empty())
            header.format = contentsOf(file, chunk);
        if (chunk.id == "data")
            header.data = chunk;
        return chunk.id != "data";
    });
    return header;
}

/// RF64 files use the 64-bit size, others the 32-bit size.
LengthClaim claimOf(const RiffHeader& header, std::uint64_t present) {
    LengthClaim claim{header.data->begin, header.data->size, true, header.isBigEndian()};
    const bool isLong = header.longSize && (header.isLong() || header.data->size == largest32);
    if (isLong) {
        const bool isUnknown = isPlaceholder64(*header.longSize) && *header.longSize != present;
        claim.is32Bit = false;
        claim.bytes = isUnknown ? std::nullopt : header.longSize;
        return claim;
    }
    const bool isPresent = header.data->size <= present && header.data->size != largest32;
    if (!isPresent && isPlaceholder32(header.data->size))
        claim.bytes.reset();
    return claim;
}

} // namespace

std::optional<RewrittenHeader> checkRiffHeader(const FileBytes& file) {
    const RiffHeader header = readRiffHeader(file);
    if (!header.data)
        return std::nullopt;
    const std::uint64_t present = file.size() - std::min(file.size(), header.data->begin);
    const LengthClaim claim = claimOf(header, present);
    const SampleExtent extent = findSamples(file, claim);
    const bool isPlain = !header.isLong() || (header.magic == "RF64" && header.data->size == largest32);
    if ((extent.isAsClaimed() && isPlain) || header.format.empty())
        return std::nullopt;
    if (header.isBigEndian()) {
        throw Error(ErrorKind::Input, "the header of the RIFX file has no valid length", file.path().string(),
                    "Save it again as WAV or FLAC.");
    }
    return rewritten(waveHeader(header.format, extent.end - extent.begin), extent);
}

} // namespace headroom
