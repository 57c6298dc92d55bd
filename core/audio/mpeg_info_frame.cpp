// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/mpeg_info_frame.h"

#include "core/audio/id3_tag.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace headroom {

std::uint64_t beginOfMpeg(const FileBytes& file) {
    constexpr std::size_t maximumPadding = 1 << 16;
    const std::uint64_t tags = endOfId3Tags(file);
    if (tags == 0)
        return 0;
    const std::string start = file.read(tags, maximumPadding);
    const auto zeros = std::ranges::find_if(start, [](char byte) { return byte != '\0'; }) - start.begin();
    return tags + static_cast<std::uint64_t>(zeros);
}

std::optional<MpegInfoFrame> findInfoFrame(const FileBytes& file) {
    constexpr std::size_t reach = 64; // header, checksum and the longest side info
    constexpr std::uint64_t hasFrames = 1;
    constexpr std::uint64_t hasBytes = 2;
    MpegInfoFrame info{beginOfMpeg(file), std::nullopt, std::nullopt};
    const std::string start = file.read(info.begin, 2 * reach);
    const std::string_view searched = std::string_view(start).substr(0, reach);
    std::size_t at = std::min(searched.find("Xing"), searched.find("Info"));
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto next = [&] {
        at += 4;
        return bigEndian(start.substr(std::min(at, start.size()), 4));
    };
    const std::uint64_t flags = next();
    const auto field = [&](std::uint64_t flag) {
        const std::uint64_t value = (flags & flag) != 0 ? next() : 0;
        return value > 0 ? std::optional(value) : std::nullopt;
    };
    info.frames = field(hasFrames);
    info.bytes = field(hasBytes);
    return info;
}

} // namespace headroom
