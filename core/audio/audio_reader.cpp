// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_reader.h"

#include "core/audio/audio_decoder.h"
#include "core/audio/ffmpeg_codec.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

namespace headroom {

bool isLossy(std::string_view encoding) {
    return encoding.starts_with("MPEG_") || isLossyCodec(encoding);
}

struct AudioReader::State {
    std::filesystem::path path;
    std::unique_ptr<AudioDecoder> decoder;
    std::int64_t position = 0;
    std::vector<float> interleaved = {};

    const AudioInfo& info() const { return decoder->info(); }
    void check() const;
    /// Reads up to `frames` frames into `into` at frame `at`. Returns the number of frames read.
    std::int64_t readBlock(AudioBuffer& into, std::int64_t at, std::int64_t frames);
    [[noreturn]] void fail(const std::string& what, const std::string& remedy = {}) const {
        throw Error(ErrorKind::Input, what, path.string(), remedy);
    }
};

void AudioReader::State::check() const {
    if (info().frames <= 0)
        fail("the file contains no samples");
    constexpr std::int64_t maximumFrames = std::int64_t{1} << 40;
    if (info().frames > maximumFrames)
        fail("the file is damaged or truncated: its end is missing",
             "Copy or download it again, or save the rest of it as WAV or FLAC.");
    if (info().sampleRate < lowestRate || info().sampleRate > highestRate)
        fail(fmt::format("the sample rate of {} Hz is not supported", info().sampleRate),
             fmt::format("Use {} to {} Hz. If the rate is wrong, correct the file in an audio editor.",
                         lowestRate, highestRate));
}

AudioReader::AudioReader(const std::filesystem::path& path)
    : state_(std::make_unique<State>(State{path, openDecoder(path)})) {
    state_->check();
}

AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

const AudioInfo& AudioReader::info() const {
    return state_->info();
}

std::int64_t AudioReader::position() const {
    return state_->position;
}

void AudioReader::seek(std::int64_t frame) {
    const std::int64_t frames = state_->info().frames;
    if (frame < 0 || frame > frames)
        state_->fail(fmt::format("frame {} is out of range: the file has {} frames", frame, frames));
    // The end needs no seek, and in FLAC files seeking to it fails.
    if (frame < frames && frame != state_->position && !state_->decoder->seek(frame)) {
        state_->fail(
            fmt::format("the file is damaged or truncated: cannot seek to frame {} of {}", frame, frames),
            "Copy or download it again.");
    }
    state_->position = frame;
}

std::int64_t AudioReader::State::readBlock(AudioBuffer& into, std::int64_t at, std::int64_t frames) {
    constexpr std::int64_t blockFrames = 16384;
    const int channels = info().channels;
    interleaved.resize(static_cast<std::size_t>(std::min(frames, blockFrames) * channels));
    const std::int64_t got = decoder->read(interleaved);
    for (int c = 0; c < channels; ++c) {
        const auto samples = into.channel(c);
        for (std::int64_t i = 0; i < got; ++i)
            samples[at + i] = interleaved[i * channels + c];
    }
    return got;
}

AudioBuffer AudioReader::read(std::int64_t frames) {
    State& state = *state_;
    const AudioInfo& info = state.info();
    AudioBuffer result(info.channels, std::min(frames, info.frames - state.position));
    for (std::int64_t done = 0; done < result.frames();) {
        const std::int64_t got = state.readBlock(result, done, result.frames() - done);
        if (got <= 0) {
            state.fail(
                fmt::format("the file is damaged or truncated: its header claims {} frames, but reading "
                            "fails at frame {}",
                            info.frames, state.position + done),
                "Copy or download it again.");
        }
        done += got;
    }
    state.position += result.frames();
    return result;
}

} // namespace headroom
