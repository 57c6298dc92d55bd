// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/id3_tag.h"

namespace headroom {

std::uint64_t endOfId3Tags(const FileBytes& file) {
    constexpr std::size_t headerBytes = 10;
    constexpr int maximumTags = 16;
    constexpr unsigned char hasFooter = 0x10;
    std::uint64_t at = 0;
    for (int tag = 0; tag < maximumTags; ++tag) {
        const std::string header = file.read(at, headerBytes);
        if (header.size() < headerBytes || !header.starts_with("ID3"))
            break;
        std::uint64_t size = 0;
        for (std::size_t i = 6; i < headerBytes; ++i)
            size = size << 7 | (static_cast<unsigned char>(header[i]) & 0x7F);
        at += headerBytes + size;
        if ((static_cast<unsigned char>(header[5]) & hasFooter) != 0)
            at += headerBytes;
    }
    return at;
}

} // namespace headroom
