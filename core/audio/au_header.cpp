// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"

namespace headroom {

std::optional<RewrittenHeader> checkAuHeader(const FileBytes& file) {
    constexpr std::size_t fieldsBytes = 24;
    constexpr std::size_t sizeAt = 8;
    constexpr std::uint64_t maximumHeader = 1 << 20;
    const std::string fields = file.read(0, fieldsBytes);
    if (fields.size() < fieldsBytes)
        return std::nullopt;
    const bool isBigEndian = fields.starts_with(".snd");
    const auto number = isBigEndian ? bigEndian : littleEndian;
    const std::uint64_t begin = number(fields.substr(4, 4));
    const std::uint64_t size = number(fields.substr(sizeAt, 4));
    if (begin < fieldsBytes || begin > std::min(maximumHeader, file.size()))
        return std::nullopt;
    LengthClaim claim{begin, size, true, isBigEndian};
    if (isPlaceholder32(size) && size > file.size() - begin)
        claim.bytes.reset();
    const SampleExtent extent = findSamples(file, claim);
    if (extent.isAsClaimed())
        return std::nullopt;
    // In AU files, the largest value means "to the end of the file".
    const std::uint64_t known = std::min<std::uint64_t>(extent.end - extent.begin, 0xFFFFFFFF);
    std::string header = file.read(0, static_cast<std::size_t>(begin));
    header.replace(sizeAt, 4, isBigEndian ? bigEndianBytes(known, 4) : littleEndianBytes(known, 4));
    return rewritten(std::move(header), extent);
}

} // namespace headroom
