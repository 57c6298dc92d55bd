// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/png.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace headroom {
namespace {

std::string bigEndian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift & 0xff);
    return bytes;
}

/// CRC-32 of PNG and zip, reflected.
std::uint32_t crc32(std::string_view data) {
    std::uint32_t crc = 0xffffffff;
    for (const char c : data) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~crc;
}

std::uint32_t adler32(std::string_view data) {
    constexpr std::uint32_t prime = 65521;
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : data) {
        a = (a + static_cast<unsigned char>(c)) % prime;
        b = (b + a) % prime;
    }
    return b << 16 | a;
}

std::string chunk(std::string_view type, std::string_view data) {
    std::string checked(type);
    checked += data;
    return bigEndian(static_cast<std::uint32_t>(data.size())) + checked + bigEndian(crc32(checked));
}

/// A zlib stream of stored blocks.
std::string stored(std::string_view data) {
    std::string stream("\x78\x01", 2);
    constexpr std::size_t largest = 65535;
    std::size_t begin = 0;
    do {
        const std::string_view block = data.substr(begin, largest);
        begin += block.size();
        const auto size = static_cast<std::uint32_t>(block.size());
        stream += begin == data.size() ? '\1' : '\0'; // the last one
        for (const std::uint32_t number : {size, ~size}) {
            stream += static_cast<char>(number & 0xff);
            stream += static_cast<char>(number >> 8 & 0xff);
        }
        stream += block;
    } while (begin < data.size());
    return stream + bigEndian(adler32(data));
}

} // namespace

std::string grayPng(std::span<const std::uint8_t> pixels, int width, int height) {
    constexpr std::string_view form("\x08\0\0\0\0",
                                    5); // 8 bits, gray, deflate, filters by row, not interlaced
    std::string rows;
    for (int row = 0; row < height; ++row) {
        rows += '\0'; // no filter
        for (const std::uint8_t pixel :
             pixels.subspan(static_cast<std::size_t>(row) * static_cast<std::size_t>(width),
                            static_cast<std::size_t>(width)))
            rows += static_cast<char>(pixel);
    }
    const std::string size =
        bigEndian(static_cast<std::uint32_t>(width)) + bigEndian(static_cast<std::uint32_t>(height));
    return std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", size + std::string(form)) +
           chunk("IDAT", stored(rows)) + chunk("IEND", {});
}

} // namespace headroom
