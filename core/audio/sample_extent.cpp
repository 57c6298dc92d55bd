// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/sample_extent.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t chunkHeader = 8;

bool isNear(std::uint64_t size, std::uint64_t largest) {
    constexpr std::uint64_t headers = 4096; // programs subtract the size of their header
    return size + headers >= largest && size <= largest + headers;
}

bool isText(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char byte) { return byte >= ' ' && byte <= '~'; });
}

bool isMetadata(std::string_view id) {
    constexpr std::array known = {"LIST"sv, "id3 "sv, "ID3 "sv, "bext"sv, "iXML"sv, "cue "sv, "smpl"sv,
                                  "fact"sv, "PEAK"sv, "JUNK"sv, "junk"sv, "PAD "sv, "FLLR"sv, "axml"sv,
                                  "chna"sv, "_PMX"sv, "inst"sv, "acid"sv, "NAME"sv, "AUTH"sv, "(c) "sv,
                                  "ANNO"sv, "COMT"sv, "MARK"sv, "INST"sv, "APPL"sv, "MIDI"sv, "COMM"sv};
    return std::ranges::find(known, id) != known.end();
}

bool beginsTag(std::string_view bytes) {
    return bytes.starts_with("TAG") || bytes.starts_with("ID3") || bytes.starts_with("APETAGEX");
}

bool beginsAudioFile(std::string_view id) {
    constexpr std::array magics = {"RIFF"sv, "RIFX"sv, "RF64"sv, "BW64"sv, "FORM"sv,
                                   "riff"sv, ".snd"sv, "dns."sv, "caff"sv};
    return std::ranges::find(magics, id) != magics.end();
}

void rejectJoinedFiles(const FileBytes& file, std::uint64_t at) {
    if (!beginsAudioFile(file.read(at, 4)))
        return;
    throw Error(ErrorKind::Input,
                fmt::format("several audio files are joined in this one; the second begins at byte {}", at),
                file.path().string(), "Split it, or save all of it as one WAV or FLAC file.");
}

/// Whether the file from byte `at` on is short and all zeros.
bool isPadding(const FileBytes& file, std::uint64_t at) {
    constexpr std::uint64_t maximumPadding = 1 << 20;
    const std::uint64_t left = file.size() - at;
    if (left > maximumPadding)
        return false;
    const std::string rest = file.read(at, static_cast<std::size_t>(left));
    return std::ranges::all_of(rest, [](char byte) { return byte == '\0'; });
}

/// Whether the bytes from `at` on cannot be samples: chunks up to the end of the file, tags, or less than a
/// chunk header.
bool holdsNoSamples(const FileBytes& file, std::uint64_t at, bool isBigEndian) {
    constexpr int maximumChunks = 4096;
    for (int chunk = 0; chunk < maximumChunks; ++chunk) {
        if (at + chunkHeader > file.size())
            return true;
        const std::string header = file.read(at, chunkHeader);
        const std::string_view id = std::string_view(header).substr(0, 4);
        rejectJoinedFiles(file, at);
        if (beginsTag(header))
            return true;
        const auto number = isBigEndian ? bigEndian : littleEndian;
        const std::uint64_t size = number(std::string_view(header).substr(4));
        at += chunkHeader + size + size % 2;
        if (at > file.size() + 1)
            return isMetadata(id);
        if (!isText(id))
            return false;
    }
    return false;
}

bool endsAt(const FileBytes& file, const LengthClaim& claim, std::uint64_t bytes) {
    const std::uint64_t end = claim.begin + bytes;
    // Some programs omit the padding byte after a chunk of odd size.
    if ((bytes % 2 == 1 && holdsNoSamples(file, end + 1, claim.isBigEndian)) ||
        holdsNoSamples(file, end, claim.isBigEndian))
        return true;
    // After samples, zeros are padding and a few bytes are inaudible. Without claimed samples, the zeros may
    // be the samples.
    constexpr std::uint64_t audibleBytes = 4096;
    return bytes > 0 && (file.size() - end < audibleBytes || isPadding(file, end));
}

} // namespace

bool isPlaceholder32(std::uint64_t size) {
    constexpr std::uint64_t soxAiff = 0x7F000000;
    return size == 0 || isNear(size, 0x7FFFFFFF) || isNear(size, 0xFFFFFFFF) || isNear(size, soxAiff);
}

bool isPlaceholder64(std::uint64_t size) {
    constexpr std::uint64_t maximumSize = std::uint64_t{1} << 60; // beyond any file system
    return size == 0 || size == 0xFFFFFFFF || size >= maximumSize;
}

SampleExtent findSamples(const FileBytes& file, const LengthClaim& claim) {
    const std::uint64_t present = file.size() > claim.begin ? file.size() - claim.begin : 0;
    if (!claim.bytes) {
        rejectJoinedFiles(file, claim.begin);
        return {claim.begin, claim.begin + present, std::nullopt};
    }
    if (*claim.bytes > present) {
        throw Error(
            ErrorKind::Input,
            fmt::format("the file is truncated: it has {} of {} bytes of samples", present, *claim.bytes),
            file.path().string(), "Copy or download it again, or save the rest of it as WAV or FLAC.");
    }
    // A 32-bit field may have lost a multiple of 4 GiB.
    const std::uint64_t step = std::uint64_t{1} << 32;
    for (std::uint64_t bytes = *claim.bytes; bytes <= present; bytes += step) {
        if (endsAt(file, claim, bytes))
            return {claim.begin, claim.begin + bytes, claim.bytes};
        if (!claim.is32Bit)
            break;
    }
    const bool isPlaceholder = claim.is32Bit && isPlaceholder32(*claim.bytes);
    return {claim.begin, claim.begin + present, isPlaceholder ? std::nullopt : claim.bytes};
}

} // namespace headroom
