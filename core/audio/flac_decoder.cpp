#include "core/audio/flac_decoder.h"

#include "core/audio/id3_tag.h"
#include "core/audio/known_lengths.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace headroom {
namespace {

constexpr std::size_t descriptionBytes = 34;
constexpr std::size_t lengthAt = 13; // in the description; its lower 36 bits of five bytes
constexpr std::uint64_t lengthMask = (std::uint64_t{1} << 36) - 1;
const std::string streamMagic("fLaC\0\0\0\x22", 8); // up to the size of the first block

/// The file's own header with another length; 0: unknown, so that nothing is cut off.
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

/// A second stream near where the first has ended.
void refuseJoined(const FileBytes& file, std::uint64_t end) {
    constexpr std::uint64_t reach = 1 << 16;
    const std::uint64_t begin = std::max<std::uint64_t>(end, reach + descriptionBytes) - reach;
    const std::string near = file.read(begin, 2 * reach);
    if (const std::size_t at = near.find(streamMagic); at != std::string::npos && begin + at > 0) {
        fail(file,
             fmt::format("several FLAC files are joined in this one; the second begins at byte {}",
                         begin + at),
             "Split it, or re-save all of it as one file.");
    }
}

std::int64_t countByDecoding(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac) {
    SndfileDecoder decoder(file, withLength(*file, flac, 0));
    const std::int64_t frames = decoder.countFrames();
    refuseJoined(*file, decoder.bytesRead());
    return frames;
}

std::int64_t findLength(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac) {
    if (flac.frames == 0)
        return countByDecoding(file, flac);
    constexpr std::uint64_t leastBlockBytes = 8; // that a block of equal samples takes
    const auto possible =
        static_cast<double>(file->size()) / leastBlockBytes * static_cast<double>(flac.longest);
    if (static_cast<double>(flac.frames) > possible) {
        fail(*file,
             fmt::format(
                 "the file is damaged: its header claims {} frames, which do not fit into its {} bytes",
                 flac.frames, file->size()),
             "Copy or download it again.");
    }
    SndfileDecoder decoder(file, withLength(*file, flac, 0));
    std::vector<float> frames(2 * static_cast<std::size_t>(decoder.info().channels));
    const std::int64_t there = decoder.seek(flac.frames - 1) ? decoder.read(frames) : 0;
    if (there == 0) {
        fail(*file,
             fmt::format("the file is damaged or cut short: it claims {} frames, and the last cannot be read",
                         flac.frames),
             "Copy or download it again.");
    }
    if (there > 1)
        return countByDecoding(file, flac);
    return flac.frames;
}

/// Absent where the file's own is right.
std::optional<RewrittenHeader> headerFor(const std::shared_ptr<const FileBytes>& file,
                                         const FlacDescription& flac) {
    const std::int64_t frames = lengthCountedOnce(*file, [&] { return findLength(file, flac); });
    if (frames == flac.frames)
        return std::nullopt;
    RewrittenHeader header = withLength(*file, flac, frames);
    if (flac.frames > 0)
        header.claim = static_cast<double>(flac.frames) / static_cast<double>(frames);
    return header;
}

} // namespace

std::optional<FlacDescription> findFlac(const FileBytes& file) {
    constexpr std::uint64_t longestTags = 1 << 24;
    const std::uint64_t start = endOfId3Tags(file);
    if (start > longestTags || !file.read(start, streamMagic.size()).starts_with(streamMagic))
        return std::nullopt;
    FlacDescription flac{start + streamMagic.size(), 0, 0};
    const std::string description = file.read(flac.begin, descriptionBytes);
    if (description.size() < descriptionBytes)
        return std::nullopt;
    flac.longest = static_cast<std::int64_t>(bigEndian(description.substr(2, 2)));
    flac.frames = static_cast<std::int64_t>(bigEndian(description.substr(lengthAt, 5)) & lengthMask);
    return flac;
}

FlacDecoder::FlacDecoder(const std::shared_ptr<const FileBytes>& file, const FlacDescription& flac)
    : SndfileDecoder(file, headerFor(file, flac)), file_(*file) {}

bool FlacDecoder::seek(std::int64_t frame) {
    isSequential_ = frame == 0;
    position_ = frame;
    return SndfileDecoder::seek(frame);
}

std::int64_t FlacDecoder::read(std::span<float> interleaved) {
    const std::int64_t got = SndfileDecoder::read(interleaved);
    position_ += got;
    // A seek may have landed in a second stream, and then the place says nothing.
    if (isSequential_ && got > 0 && position_ == info().frames)
        refuseJoined(file_, bytesRead());
    return got;
}

} // namespace headroom
