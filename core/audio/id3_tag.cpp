// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/id3_tag.h"

#include <array>
#include <utility>

namespace headroom {
namespace {

constexpr std::array frameNames = {
    std::pair{AudioTag::Title, "TIT2"},       std::pair{AudioTag::Artist, "TPE1"},
    std::pair{AudioTag::Album, "TALB"},       std::pair{AudioTag::Date, "TDRC"},
    std::pair{AudioTag::TrackNumber, "TRCK"}, std::pair{AudioTag::Genre, "TCON"},
    std::pair{AudioTag::Comment, "COMM"},     std::pair{AudioTag::Copyright, "TCOP"},
};

/// Four bytes of seven bits each, so that no byte looks like the start of an MPEG frame.
std::string id3Size(std::size_t size) {
    std::string bytes;
    for (int shift = 21; shift >= 0; shift -= 7)
        bytes += static_cast<char>(size >> shift & 0x7F);
    return bytes;
}

} // namespace

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

std::string id3Tag(const AudioTags& tags) {
    constexpr char utf8 = 3;
    std::string frames;
    for (const auto& [tag, name] : frameNames) {
        const auto text = tags.find(tag);
        if (text == tags.end())
            continue;
        // A comment has a language, here none, and an empty description.
        const std::string content = std::string(1, utf8) +
                                    (tag == AudioTag::Comment ? std::string("XXX\0", 4) : std::string()) +
                                    text->second;
        frames += name + id3Size(content.size()) + std::string(2, '\0') + content;
    }
    const std::string header("ID3\4\0\0", 6);
    return frames.empty() ? frames : header + id3Size(frames.size()) + frames;
}

} // namespace headroom
