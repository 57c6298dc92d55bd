// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ogg_pages.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace headroom {
namespace {

constexpr std::size_t headerBytes = 27;

/// The fixed header and the table of segments of a page; shorter at the end of the file.
std::string pageAt(const FileBytes& file, std::uint64_t at) {
    constexpr std::size_t maximumTable = 255;
    std::string header = file.read(at, headerBytes + maximumTable);
    if (header.size() < headerBytes || !header.starts_with("OggS"))
        return {};
    const auto segments = static_cast<unsigned char>(header[headerBytes - 1]);
    header.resize(std::min(header.size(), headerBytes + segments));
    return header;
}

std::uint64_t bytesOf(const std::string& page) {
    std::uint64_t bytes = headerBytes + static_cast<unsigned char>(page[headerBytes - 1]);
    for (const char segment : std::string_view(page).substr(headerBytes))
        bytes += static_cast<unsigned char>(segment);
    return bytes;
}

} // namespace

std::optional<OggPages> findOgg(const FileBytes& file) {
    constexpr std::size_t flagsAt = 5;
    constexpr int beginsStream = 0x02;
    constexpr int endsStream = 0x04;
    constexpr std::size_t positionAt = 6; // at the end of the page, or -1 if no packet ends in it
    constexpr int maximumPages = 1 << 20;
    OggPages pages;
    int streams = 0;
    bool hasEnded = false; // with the page that was read last
    bool hasBegun = false; // after the first pages, which start the multiplexed streams
    std::int64_t position = 0;
    std::uint64_t at = 0;
    for (int count = 0; count < maximumPages; ++count) {
        const std::string page = pageAt(file, at);
        if (page.empty())
            break;
        const bool begins = (page[flagsAt] & beginsStream) != 0;
        if (begins && hasBegun) {
            throw Error(
                ErrorKind::Input,
                fmt::format("several Ogg files are joined in this one; the second begins at byte {}", at),
                file.path().string(), "Split it, or save all of it as one WAV or FLAC file.");
        }
        streams += begins ? 1 : 0;
        hasBegun = hasBegun || !begins;
        hasEnded = (page[flagsAt] & endsStream) != 0 || count + 1 == maximumPages;
        pages.lastBegin = position;
        const auto end = static_cast<std::int64_t>(littleEndian(page.substr(positionAt, 8)));
        position = std::max(position, end);
        at += bytesOf(page);
    }
    if (at == 0)
        return std::nullopt;
    // libsndfile ends at the last whole page, without an error.
    if (!hasEnded || at > file.size())
        throw Error(ErrorKind::Input, "the file is damaged or truncated: its last page is missing",
                    file.path().string(), "Get another copy, or convert it to WAV or FLAC.");
    if (streams > 1)
        pages.lastBegin = 0;
    return pages;
}

} // namespace headroom
