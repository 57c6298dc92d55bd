// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/mpeg_decoder.h"

#include "core/audio/file_cache.h"
#include "core/audio/mpeg_info_frame.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mpg123.h>
#include <string>
#include <vector>

namespace headroom {
namespace {

[[noreturn]] void rejectMpeg(const FileBytes& file, const std::string& what, const std::string& remedy) {
    throw Error(ErrorKind::Input, what, file.path().string(), remedy);
}

[[noreturn]] void failToDecode(const ByteStream& stream) {
    stream.rethrowFailure();
    rejectMpeg(stream.file(), "unsupported or damaged audio file (no MPEG frame could be decoded)",
               "Convert it to WAV or FLAC, or get another copy.");
}

mpg123_frameinfo frameInfo(mpg123_handle* handle, const ByteStream& stream) {
    mpg123_frameinfo info{};
    if (mpg123_info(handle, &info) != MPG123_OK || info.rate <= 0)
        failToDecode(stream);
    return info;
}

int channelsOf(const mpg123_frameinfo& info) {
    return info.mode == MPG123_M_MONO ? 1 : 2;
}

std::string layerName(int layer) {
    return fmt::format("MPEG_LAYER_{}", std::string(static_cast<std::size_t>(layer), 'I'));
}

long stateOf(mpg123_handle* handle, mpg123_state state) {
    long value = -1;
    return mpg123_getstate2(handle, state, &value, nullptr) == MPG123_OK ? value : -1;
}

mpg123_ssize_t readStream(void* stream, void* into, std::size_t count) {
    return static_cast<mpg123_ssize_t>(
        static_cast<ByteStream*>(stream)->read({static_cast<char*>(into), count}));
}

off_t seekStream(void* stream, off_t offset, int whence) {
    return static_cast<ByteStream*>(stream)->seek(offset, whence);
}

/// A text of libmpg123; of several values the first.
std::string textOf(const mpg123_string& text) {
    return text.p != nullptr && text.fill > 0 ? std::string(text.p) : std::string();
}

/// The tags in an ID3v2 tag, which libmpg123 converts to UTF-8.
AudioTags id3Tags(mpg123_handle* handle) {
    static const std::map<std::string, AudioTag> byFrame = {
        {"TIT2", AudioTag::Title}, {"TPE1", AudioTag::Artist},      {"TALB", AudioTag::Album},
        {"TDRC", AudioTag::Date},  {"TRCK", AudioTag::TrackNumber}, {"TCON", AudioTag::Genre},
        {"TYER", AudioTag::Date},  {"TCOP", AudioTag::Copyright}};
    AudioTags tags;
    mpg123_id3v1* first = nullptr;
    mpg123_id3v2* second = nullptr;
    if (mpg123_id3(handle, &first, &second) != MPG123_OK || second == nullptr)
        return tags;
    for (std::size_t i = 0; i < second->texts; ++i) {
        const mpg123_text& text = second->text[i];
        const auto known = byFrame.find(std::string(text.id, sizeof text.id));
        if (known != byFrame.end())
            addTag(tags, known->second, textOf(text.text));
    }
    if (second->comment != nullptr)
        addTag(tags, AudioTag::Comment, textOf(*second->comment));
    return tags;
}

/// Throws if the file has fewer frames and fewer bytes than its info frame claims. If all claimed bytes
/// exist, only the frame count is wrong.
void rejectTruncated(const FileBytes& file, const MpegInfoFrame& info, std::int64_t mpegFrames) {
    const std::uint64_t present = file.size() - info.begin;
    const bool isTruncated =
        info.frames.value_or(0) > mpegFrames && info.bytes.value_or(present + 1) > present;
    if (isTruncated) {
        rejectMpeg(
            file, fmt::format("the file is truncated: it has {} of {} MPEG frames", mpegFrames, *info.frames),
            "Copy or download it again, or save the rest of it as WAV or FLAC.");
    }
}

/// How far before a position to start decoding, frames. The bits of an MPEG frame may begin up to 511 bytes
/// before it, and at low sample rates up to 255, in frames that can be tiny.
std::int64_t prerollOf(int samplesPerFrame) {
    constexpr int longFrame = 1152;
    constexpr std::int64_t bytesBefore = 255;
    constexpr std::int64_t longFramesBefore = 9; // 511 bytes at the lowest rate, 32 kbit/s at 48 kHz
    constexpr std::int64_t overlap = 2;
    return samplesPerFrame * (overlap + (samplesPerFrame < longFrame ? bytesBefore : longFramesBefore));
}

} // namespace

bool isMpeg(const FileBytes& file) {
    const std::string header = file.read(beginOfMpeg(file), 4);
    if (header.size() < 4)
        return false;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(header[i]); };
    const bool isSync = byte(0) == 0xFF && (byte(1) & 0xE0) == 0xE0;
    const bool hasVersion = (byte(1) & 0x18) != 0x08;
    const bool hasLayer = (byte(1) & 0x06) != 0;
    const bool hasRates = (byte(2) & 0xF0) != 0xF0 && (byte(2) & 0x0C) != 0x0C;
    return isSync && hasVersion && hasLayer && hasRates;
}

void MpegDecoder::CloseHandle::operator()(mpg123_handle_struct* handle) const {
    mpg123_delete(handle); // also closes it
}

MpegDecoder::Handle MpegDecoder::openHandle(ByteStream& stream) {
    // Silence is trimmed here because libmpg123 relies on a frame count that may be wrong, and then prints to
    // standard error.
    constexpr long wanted = MPG123_QUIET | MPG123_FORCE_FLOAT;
    constexpr long unwanted = MPG123_GAPLESS | MPG123_AUTO_RESAMPLE;
    [[maybe_unused]] static const int ready = mpg123_init();
    Handle handle(mpg123_new(nullptr, nullptr));
    const bool isOpen =
        handle && mpg123_param(handle.get(), MPG123_ADD_FLAGS, wanted, 0) == MPG123_OK &&
        mpg123_param(handle.get(), MPG123_REMOVE_FLAGS, unwanted, 0) == MPG123_OK &&
        mpg123_param(handle.get(), MPG123_RESYNC_LIMIT, -1, 0) == MPG123_OK &&
        mpg123_replace_reader_handle(handle.get(), readStream, seekStream, nullptr) == MPG123_OK &&
        mpg123_open_handle(handle.get(), &stream) == MPG123_OK;
    stream.rethrowFailure();
    if (!isOpen)
        failToDecode(stream);
    return handle;
}

std::int64_t MpegDecoder::countFrames(const std::shared_ptr<const FileBytes>& file) {
    ByteStream stream(file);
    const Handle handle = openHandle(stream);
    std::int64_t frames = 0;
    mpg123_frameinfo first{};
    for (int result = MPG123_OK;;) {
        result = mpg123_framebyframe_next(handle.get());
        stream.rethrowFailure();
        if (result != MPG123_OK && result != MPG123_NEW_FORMAT)
            break;
        const mpg123_frameinfo now = frameInfo(handle.get(), stream);
        if (frames++ == 0)
            first = now;
        if (now.rate != first.rate || channelsOf(now) != channelsOf(first) || now.layer != first.layer) {
            rejectMpeg(
                *file,
                fmt::format("different files are joined in this one: it changes from {} Hz and {} channels "
                            "to {} Hz and {} channels",
                            first.rate, channelsOf(first), now.rate, channelsOf(now)),
                "Split it, or save all of it as one WAV or FLAC file.");
        }
    }
    return frames;
}

MpegDecoder::MpegDecoder(const std::shared_ptr<const FileBytes>& file) : stream_(file) {
    const std::int64_t mpegFrames = cachedPerFile<std::int64_t>(*file, [&] { return countFrames(file); });
    handle_ = openHandle(stream_);
    long rate = 0;
    int channels = 0;
    int encoding = 0;
    if (mpegFrames == 0 || mpg123_getformat(handle_.get(), &rate, &channels, &encoding) != MPG123_OK ||
        encoding != MPG123_ENC_FLOAT_32)
        failToDecode(stream_);
    const int samplesPerFrame = mpg123_spf(handle_.get());
    info_ = {static_cast<int>(rate), channels, mpegFrames * samplesPerFrame, "MPEG",
             layerName(frameInfo(handle_.get(), stream_).layer)};
    info_.tags = id3Tags(handle_.get());
    preroll_ = prerollOf(samplesPerFrame);
    trimSilence(*file, mpegFrames, samplesPerFrame);
    if (begin_ > 0 && !seek(0))
        failToDecode(stream_);
}

MpegDecoder::~MpegDecoder() = default;

void MpegDecoder::trimSilence(const FileBytes& file, std::int64_t mpegFrames, int samplesPerFrame) {
    const auto claimed = findInfoFrame(file);
    if (!claimed)
        return;
    rejectTruncated(file, *claimed, mpegFrames);
    const std::int64_t delay = stateOf(handle_.get(), MPG123_ENC_DELAY);
    const std::int64_t padding = stateOf(handle_.get(), MPG123_ENC_PADDING);
    const std::int64_t decoderDelay = std::max(0L, stateOf(handle_.get(), MPG123_DEC_DELAY));
    const bool isCorrect = claimed->frames == mpegFrames;
    if (delay >= 0 && padding >= 0) {
        begin_ = std::min(info_.frames, delay + decoderDelay);
        const std::int64_t trailing = isCorrect ? std::max<std::int64_t>(0, padding - decoderDelay) : 0;
        info_.frames = std::max<std::int64_t>(0, info_.frames - begin_ - trailing);
    }
    if (claimed->frames && !isCorrect) {
        const auto seconds = static_cast<double>(*claimed->frames * samplesPerFrame) / info_.sampleRate;
        info_.notice = wrongLengthNotice(seconds, info_.seconds());
    }
}

bool MpegDecoder::seek(std::int64_t frame) {
    const std::int64_t target = begin_ + frame;
    const std::int64_t start = std::max<std::int64_t>(0, target - preroll_);
    const off_t reached = mpg123_seek(handle_.get(), start, SEEK_SET);
    stream_.rethrowFailure();
    return reached == start && skip(target - start);
}

std::int64_t MpegDecoder::read(std::span<float> interleaved) {
    const auto bytes = std::as_writable_bytes(interleaved);
    std::size_t done = 0;
    while (done < bytes.size()) {
        std::size_t got = 0;
        const int result = mpg123_read(handle_.get(), reinterpret_cast<unsigned char*>(bytes.data() + done),
                                       bytes.size() - done, &got);
        done += got;
        if (result != MPG123_OK && result != MPG123_NEW_FORMAT)
            break;
    }
    stream_.rethrowFailure();
    return static_cast<std::int64_t>(done / sizeof(float)) / info_.channels;
}

} // namespace headroom
