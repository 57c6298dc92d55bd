// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/flac_decoder.h"

#include "core/audio/file_cache.h"
#include "core/audio/id3_tag.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace headroom {
namespace {

constexpr std::size_t descriptionBytes = 34;
constexpr std::size_t lengthAt = 13; // offset in STREAMINFO; the lower 36 bits of five bytes
constexpr std::uint64_t lengthMask = (std::uint64_t{1} << 36) - 1;
const std::string streamMagic("fLaC\0\0\0\x22", 8); // including the size of the first block

/// The file's header with its length replaced. With 0 (unknown), libsndfile decodes everything.
RewrittenHeader withLength(const FileBytes& file, const FlacDescription& flac, std::int64_t frames) {
    std::string header = file.read(0, static_cast<std::size_t>(flac.begin) + descriptionBytes);
    const std::size_t at = static_cast<std::size_t>(flac.begin) + lengthAt;
    const std::uint64_t field = bigEndian(header.substr(at, 5));
    header.replace(at, 5, bigEndianBytes((field & ~lengthMask) | static_cast<std::uint64_t>(frames), 5));
    const std::uint64_t begin = header.size();
    return {std::move(header), begin, file.size(), std::nullopt};
}

[[noreturn]] void fail(const FileBytes& file, const std::string& what, const std::string& remedy) {
    throw Error(ErrorKind::Input, what, file.path().string(), remedy);
}

/// Throws if a second stream starts near `end`, the end of the first.
void rejectJoined(const FileBytes& file, std::uint64_t end) {
    constexpr std::uint64_t reach = 1 << 16;
    const std::uint64_t begin = std::max<std::uint64_t>(end, reach + descriptionBytes) - reach;
    const std::string near = file.read(begin, 2 * reach);
    if (const std::size_t at = near.find(streamMagic); at != std::string::npos && begin + at > 0) {
        fail(file,
             fmt::format("several FLAC files are joined in this one; the second begins at byte {}",
                         begin + at),
             "Split it, or save all of it as one file.");
    }
}

std::int64_t countByDecoding(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac) {
    SndfileDecoder decoder(file, withLength(*file, flac, 0));
    const std::int64_t frames = decoder.countFrames();
    rejectJoined(*file, decoder.bytesRead());
    return frames;
}

std::int64_t findLength(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac) {
    if (flac.frames == 0)
        return countByDecoding(file, flac);
    constexpr std::uint64_t minimumBlockBytes = 8; // a block of constant samples
    const auto possible =
        static_cast<double>(file->size()) / minimumBlockBytes * static_cast<double>(flac.maximumBlock);
    if (static_cast<double>(flac.frames) > possible) {
        fail(*file,
             fmt::format("the file is damaged: its header claims {} frames, too many for a file of {} bytes",
                         flac.frames, file->size()),
             "Copy or download it again.");
    }
    SndfileDecoder decoder(file, withLength(*file, flac, 0));
    std::vector<float> frames(2 * static_cast<std::size_t>(decoder.info().channels));
    const std::int64_t available = decoder.seek(flac.frames - 1) ? decoder.read(frames) : 0;
    if (available == 0) {
        fail(*file,
             fmt::format("the file is damaged or truncated: the last of {} claimed frames cannot be read",
                         flac.frames),
             "Copy or download it again.");
    }
    if (available > 1)
        return countByDecoding(file, flac);
    return flac.frames;
}

/// Absent if the file's own header is correct.
std::optional<RewrittenHeader> headerFor(const std::shared_ptr<const FileBytes>& file,
                                         const FlacDescription& flac) {
    const std::int64_t frames = cachedPerFile<std::int64_t>(*file, [&] { return findLength(file, flac); });
    if (frames == flac.frames)
        return std::nullopt;
    RewrittenHeader header = withLength(*file, flac, frames);
    if (flac.frames > 0)
        header.claim = static_cast<double>(flac.frames) / static_cast<double>(frames);
    return header;
}

} // namespace

std::optional<FlacDescription> findFlac(const FileBytes& file) {
    constexpr std::uint64_t maximumTags = 1 << 24;
    const std::uint64_t start = endOfId3Tags(file);
    if (start > maximumTags || !file.read(start, streamMagic.size()).starts_with(streamMagic))
        return std::nullopt;
    FlacDescription flac{start + streamMagic.size(), 0, 0};
    const std::string description = file.read(flac.begin, descriptionBytes);
    if (description.size() < descriptionBytes)
        return std::nullopt;
    flac.maximumBlock = static_cast<std::int64_t>(bigEndian(description.substr(2, 2)));
    flac.frames = static_cast<std::int64_t>(bigEndian(description.substr(lengthAt, 5)) & lengthMask);
    return flac;
}

FlacDecoder::FlacDecoder(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac)
    : SndfileDecoder(file, headerFor(file, flac)), file_(*file) {}

std::vector<Speaker> FlacDecoder::speakers() const {
    using enum Speaker;
    switch (info().channels) {
    case 3:
        return {FrontLeft, FrontRight, FrontCenter};
    case 4:
        return {FrontLeft, FrontRight, BackLeft, BackRight};
    case 5:
        return {FrontLeft, FrontRight, FrontCenter, BackLeft, BackRight};
    case 6:
        return {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight};
    case 7:
        return {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackCenter, SideLeft, SideRight};
    case 8:
        return {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight, SideLeft, SideRight};
    default:
        return {};
    }
}

bool FlacDecoder::seek(std::int64_t frame) {
    isSequential_ = frame == 0;
    position_ = frame;
    return SndfileDecoder::seek(frame);
}

std::int64_t FlacDecoder::read(std::span<float> interleaved) {
    const std::int64_t got = SndfileDecoder::read(interleaved);
    position_ += got;
    // After a seek, the position may be in a second stream, so the check would be meaningless.
    if (isSequential_ && got > 0 && position_ == info().frames)
        rejectJoined(file_, bytesRead());
    return got;
}

} // namespace headroom
