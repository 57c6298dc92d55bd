// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/sndfile_decoder.h"

#include "core/audio/byte_stream.h"
#include "core/audio/sndfile_handle.h"
#include "core/audio/sndfile_tags.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace headroom {

struct SndfileDecoder::Stream {
    ByteStream bytes;
    SndfilePtr handle; // last, so that it is closed before the bytes that it reads
};

namespace {

/// Callbacks of libsndfile for a ByteStream.
SF_VIRTUAL_IO virtualFile() {
    SF_VIRTUAL_IO io{};
    io.get_filelen = [](void* data) -> sf_count_t { return static_cast<ByteStream*>(data)->size(); };
    io.tell = [](void* data) -> sf_count_t { return static_cast<ByteStream*>(data)->position(); };
    io.seek = [](sf_count_t offset, int whence, void* data) -> sf_count_t {
        return static_cast<ByteStream*>(data)->seek(offset, whence);
    };
    io.read = [](void* into, sf_count_t count, void* data) -> sf_count_t {
        const auto bytes = static_cast<std::size_t>(std::max<sf_count_t>(count, 0));
        return static_cast<sf_count_t>(
            static_cast<ByteStream*>(data)->read({static_cast<char*>(into), bytes}));
    };
    return io;
}

/// Throws the error for a file that libsndfile could not open, with its reason.
[[noreturn]] void rejectUnopened(const std::filesystem::path& path) {
    std::string reason = sf_strerror(nullptr);
    while (reason.ends_with('.') || reason.ends_with(' '))
        reason.pop_back();
    const std::string what = fmt::format("unsupported or damaged audio file ({})", reason);
    const std::string remedy = "Convert it to WAV or FLAC, or get another copy.";
    if (sf_error(nullptr) == SF_ERR_UNRECOGNISED_FORMAT)
        throw UnknownFormatError(ErrorKind::Input, what, path.string(), remedy);
    throw Error(ErrorKind::Input, what, path.string(), remedy);
}

/// Absent for a channel that has no loudspeaker of a surround layout.
std::optional<Speaker> speakerOf(int channel) {
    static const std::map<int, Speaker> speakers = {
        {SF_CHANNEL_MAP_LEFT, Speaker::FrontLeft},
        {SF_CHANNEL_MAP_FRONT_LEFT, Speaker::FrontLeft},
        {SF_CHANNEL_MAP_RIGHT, Speaker::FrontRight},
        {SF_CHANNEL_MAP_FRONT_RIGHT, Speaker::FrontRight},
        {SF_CHANNEL_MAP_CENTER, Speaker::FrontCenter},
        {SF_CHANNEL_MAP_FRONT_CENTER, Speaker::FrontCenter},
        {SF_CHANNEL_MAP_REAR_CENTER, Speaker::BackCenter},
        {SF_CHANNEL_MAP_REAR_LEFT, Speaker::BackLeft},
        {SF_CHANNEL_MAP_REAR_RIGHT, Speaker::BackRight},
        {SF_CHANNEL_MAP_LFE, Speaker::LowFrequency},
        {SF_CHANNEL_MAP_SIDE_LEFT, Speaker::SideLeft},
        {SF_CHANNEL_MAP_SIDE_RIGHT, Speaker::SideRight},
    };
    const auto known = speakers.find(channel);
    return known == speakers.end() ? std::nullopt : std::optional(known->second);
}

/// Short name of the part of `format` selected by `mask`; libsndfile's long name for rare formats.
std::string formatName(int format, int mask) {
    static const std::map<int, std::string> names = {
        {SF_FORMAT_WAV, "WAV"},       {SF_FORMAT_WAVEX, "WAV"},     {SF_FORMAT_RF64, "RF64"},
        {SF_FORMAT_AIFF, "AIFF"},     {SF_FORMAT_FLAC, "FLAC"},     {SF_FORMAT_OGG, "OGG"},
        {SF_FORMAT_PCM_U8, "PCM_U8"}, {SF_FORMAT_PCM_S8, "PCM_S8"}, {SF_FORMAT_PCM_16, "PCM_16"},
        {SF_FORMAT_PCM_24, "PCM_24"}, {SF_FORMAT_PCM_32, "PCM_32"}, {SF_FORMAT_FLOAT, "FLOAT"},
        {SF_FORMAT_DOUBLE, "DOUBLE"}, {SF_FORMAT_VORBIS, "VORBIS"}, {SF_FORMAT_OPUS, "OPUS"},
    };
    const auto known = names.find(format & mask);
    if (known != names.end())
        return known->second;
    SF_FORMAT_INFO wanted{format & mask, nullptr, nullptr};
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &wanted, sizeof wanted);
    return wanted.name != nullptr ? wanted.name : "unknown";
}

std::string lengthNotice(const RewrittenHeader& header, double seconds) {
    if (!header.claim)
        return fmt::format("its header has no length; all {:.1f} s found in the file are used", seconds);
    return wrongLengthNotice(seconds * *header.claim, seconds);
}

} // namespace

SndfileDecoder::SndfileDecoder(std::shared_ptr<const FileBytes> file, std::optional<RewrittenHeader> header) {
    stream_ = std::make_unique<Stream>(
        Stream{header ? ByteStream(std::move(file), *std::move(header)) : ByteStream(std::move(file)), {}});
    SF_VIRTUAL_IO io = virtualFile();
    SF_INFO found{};
    {
        // libsndfile reports the reason of a failed open in a global variable.
        static std::mutex mutex;
        const std::lock_guard lock(mutex);
        stream_->handle.reset(sf_open_virtual(&io, SFM_READ, &found, &stream_->bytes));
        stream_->bytes.rethrowFailure();
        if (!stream_->handle)
            rejectUnopened(stream_->bytes.file().path());
    }
    info_ = {found.samplerate, found.channels, found.frames, formatName(found.format, SF_FORMAT_TYPEMASK),
             formatName(found.format, SF_FORMAT_SUBMASK)};
    info_.notice = lengthNotice(stream_->bytes.header(), info_.seconds());
    info_.tags = sndfileTags(stream_->handle.get());
}

SndfileDecoder::~SndfileDecoder() = default;

std::vector<Speaker> SndfileDecoder::speakers() const {
    std::vector<int> map(static_cast<std::size_t>(info_.channels));
    const int bytes = static_cast<int>(map.size() * sizeof(int));
    if (sf_command(stream_->handle.get(), SFC_GET_CHANNEL_MAP_INFO, map.data(), bytes) != SF_TRUE)
        return {};
    std::vector<Speaker> speakers;
    for (const int channel : map) {
        if (const auto speaker = speakerOf(channel))
            speakers.push_back(*speaker);
    }
    return speakers.size() == map.size() ? speakers : std::vector<Speaker>();
}

bool SndfileDecoder::seek(std::int64_t frame) {
    const sf_count_t reached = sf_seek(stream_->handle.get(), frame, SEEK_SET);
    stream_->bytes.rethrowFailure();
    return reached == frame;
}

std::int64_t SndfileDecoder::read(std::span<float> interleaved) {
    const auto frames = static_cast<std::int64_t>(interleaved.size()) / info_.channels;
    const std::int64_t got = sf_readf_float(stream_->handle.get(), interleaved.data(), frames);
    stream_->bytes.rethrowFailure();
    return sf_error(stream_->handle.get()) == SF_ERR_NO_ERROR ? got : 0;
}

std::int64_t SndfileDecoder::countFrames() {
    constexpr std::int64_t blockFrames = 1 << 14;
    std::vector<float> block(static_cast<std::size_t>(blockFrames * info_.channels));
    std::int64_t frames = 0;
    while (const sf_count_t got = sf_readf_float(stream_->handle.get(), block.data(), blockFrames))
        frames += got;
    stream_->bytes.rethrowFailure();
    return frames;
}

std::uint64_t SndfileDecoder::bytesRead() const {
    const RewrittenHeader& header = stream_->bytes.header();
    const auto position = static_cast<std::uint64_t>(stream_->bytes.position());
    const std::uint64_t own = header.bytes.size();
    return header.begin + (position - std::min(position, own));
}

} // namespace headroom
