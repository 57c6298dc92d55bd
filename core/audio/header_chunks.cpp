// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/header_chunks.h"

#include "core/support/rounding.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace headroom {

void walkChunks(const FileBytes& file, std::uint64_t at, const ChunkFormat& format,
                const std::function<bool(const HeaderChunk&)>& visit) {
    constexpr int maximumChunks = 1 << 16;
    const auto idBytes = static_cast<std::size_t>(format.idBytes);
    const std::size_t headerBytes = idBytes + static_cast<std::size_t>(format.sizeBytes);
    const auto alignment = static_cast<std::uint64_t>(format.alignment);
    const auto number = format.isBigEndian ? bigEndian : littleEndian;
    for (int count = 0; count < maximumChunks; ++count) {
        const std::string header = file.read(at, headerBytes);
        if (header.size() < headerBytes)
            return;
        HeaderChunk chunk{header.substr(0, idBytes), at + headerBytes,
                          number(std::string_view(header).substr(idBytes))};
        if (format.sizeCountsHeader)
            chunk.size -= std::min<std::uint64_t>(chunk.size, headerBytes);
        if (!visit(chunk) || chunk.size > file.size())
            return;
        at = chunk.begin + roundUp(chunk.size, alignment);
    }
}

std::string contentsOf(const FileBytes& file, const HeaderChunk& chunk) {
    constexpr std::uint64_t maximumBytes = 1 << 16;
    return chunk.size <= maximumBytes ? file.read(chunk.begin, static_cast<std::size_t>(chunk.size))
                                      : std::string();
}

std::string waveHeader(const std::string& format, std::uint64_t bytes) {
    constexpr std::uint64_t largest = 0xFFFFFFFF;
    const std::string padding(format.size() % 2, '\0');
    const std::string formatChunk = "fmt " + littleEndianBytes(format.size(), 4) + format + padding;
    const std::uint64_t shortSize = 4 + formatChunk.size() + 8 + bytes + bytes % 2;
    if (shortSize < largest) {
        return "RIFF" + littleEndianBytes(shortSize, 4) + "WAVE" + formatChunk + "data" +
               littleEndianBytes(bytes, 4);
    }
    constexpr int longSizesBytes = 28;
    const std::string sizes = littleEndianBytes(shortSize + 8 + longSizesBytes, 8) +
                              littleEndianBytes(bytes, 8) + littleEndianBytes(0, 8) + littleEndianBytes(0, 4);
    return "RF64" + littleEndianBytes(largest, 4) + "WAVEds64" + littleEndianBytes(longSizesBytes, 4) +
           sizes + formatChunk + "data" + littleEndianBytes(largest, 4);
}

RewrittenHeader rewritten(std::string header, const SampleExtent& extent) {
    RewrittenHeader result{std::move(header), extent.begin, extent.end, std::nullopt};
    if (extent.claimed && extent.end > extent.begin)
        result.claim = static_cast<double>(*extent.claimed) / static_cast<double>(extent.end - extent.begin);
    return result;
}

} // namespace headroom
