// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ogg_pages.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace headroom {

void rejectJoinedOgg(const FileBytes& file) {
    constexpr std::size_t headerBytes = 27;
    constexpr std::size_t maximumTable = 255;
    constexpr std::size_t flagsAt = 5;
    constexpr int beginsStream = 0x02;
    constexpr int maximumPages = 1 << 20;
    bool hasBegun = false; // after the first pages, which start the multiplexed streams
    std::uint64_t at = 0;
    for (int page = 0; page < maximumPages; ++page) {
        const std::string header = file.read(at, headerBytes + maximumTable);
        if (header.size() < headerBytes || !header.starts_with("OggS"))
            return;
        const bool begins = (header[flagsAt] & beginsStream) != 0;
        if (begins && hasBegun) {
            throw Error(
                ErrorKind::Input,
                fmt::format("several Ogg files are joined in this one; the second begins at byte {}", at),
                file.path().string(), "Split it, or save all of it as one WAV or FLAC file.");
        }
        hasBegun = hasBegun || !begins;
        const auto segments = static_cast<unsigned char>(header[headerBytes - 1]);
        at += headerBytes + segments;
        for (std::size_t i = headerBytes; i < std::min(header.size(), headerBytes + segments); ++i)
            at += static_cast<unsigned char>(header[i]);
    }
}

} // namespace headroom
