// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"

#include "core/audio/resampler.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace headroom {
namespace {

AudioBuffer doubled(const AudioBuffer& mono) {
    AudioBuffer stereo(2, mono.frames());
    for (int c = 0; c < 2; ++c)
        std::ranges::copy(mono.channel(0), stereo.channel(c).begin());
    return stereo;
}

AudioBuffer averaged(const AudioBuffer& stereo) {
    AudioBuffer mono(1, stereo.frames());
    const auto left = stereo.channel(0);
    const auto right = stereo.channel(1);
    for (std::int64_t i = 0; i < mono.frames(); ++i)
        mono.channel(0)[i] = 0.5F * (left[i] + right[i]);
    return mono;
}

/// Copies the frames of `from` starting at `first` to the start of `into`, until one of them ends.
void copyFrames(const AudioBuffer& from, std::int64_t first, AudioBuffer& into) {
    const std::int64_t count = std::clamp<std::int64_t>(from.frames() - first, 0, into.frames());
    for (int c = 0; c < into.channels() && count > 0; ++c)
        std::ranges::copy(from.channel(c).subspan(first, count), into.channel(c).begin());
}

AudioBuffer resampled(const AudioBuffer& audio, int inputRate, int outputRate) {
    Resampler resampler(inputRate, outputRate, audio.channels());
    const AudioBuffer head = resampler.process(audio);
    const AudioBuffer tail = resampler.finish();
    AudioBuffer result(audio.channels(), head.frames() + tail.frames());
    for (int c = 0; c < result.channels(); ++c) {
        std::ranges::copy(head.channel(c), result.channel(c).begin());
        std::ranges::copy(tail.channel(c), result.channel(c).begin() + head.frames());
    }
    return result;
}

/// Reads a range of a file with another rate. Resamples a longer range, wide enough for the filter to settle,
/// that starts where input and output frames coincide.
AudioBuffer readResampledRange(AudioReader& reader, int sampleRate, std::int64_t first, std::int64_t frames) {
    constexpr std::int64_t margin = 8192; // frames at the lower of the two rates
    const AudioInfo& info = reader.info();
    const std::int64_t common = std::gcd(info.sampleRate, sampleRate);
    const std::int64_t inputPeriod = info.sampleRate / common;
    const std::int64_t outputPeriod = sampleRate / common;
    const std::int64_t slower = std::max<std::int64_t>(1, sampleRate / info.sampleRate);
    const std::int64_t outputMargin = margin * slower;

    const std::int64_t periods = std::max<std::int64_t>(0, first - outputMargin) / outputPeriod;
    const std::int64_t inputFirst = periods * inputPeriod;
    const std::int64_t outputEnd = first + frames + outputMargin;
    const std::int64_t inputEnd = std::min(info.frames, outputEnd * inputPeriod / outputPeriod + 1);
    AudioBuffer result(info.channels, frames);
    if (inputFirst >= inputEnd)
        return result;
    reader.seek(inputFirst);
    const AudioBuffer wider = resampled(reader.read(inputEnd - inputFirst), info.sampleRate, sampleRate);
    copyFrames(wider, first - periods * outputPeriod, result);
    return result;
}

AudioBuffer readRange(AudioReader& reader, std::int64_t first, std::int64_t frames) {
    AudioBuffer result(reader.info().channels, frames);
    if (first < reader.info().frames) {
        reader.seek(first);
        copyFrames(reader.read(frames), 0, result);
    }
    return result;
}

} // namespace

AudioBuffer withChannels(AudioBuffer audio, int channels, const std::string& where) {
    if (channels == 0 || audio.channels() == channels)
        return audio;
    if (audio.channels() == 1 && channels == 2)
        return doubled(audio);
    if (audio.channels() == 2 && channels == 1)
        return averaged(audio);
    throw Error(ErrorKind::Input, fmt::format("the audio has {} channels", audio.channels()), where,
                "Convert it to mono or stereo.");
}

AudioBuffer readAudioRange(const std::filesystem::path& path, int sampleRate, int channels,
                           std::int64_t first, std::int64_t frames) {
    AudioReader reader(path);
    const bool keepsRate = sampleRate == 0 || sampleRate == reader.info().sampleRate;
    AudioBuffer audio =
        keepsRate ? readRange(reader, first, frames) : readResampledRange(reader, sampleRate, first, frames);
    return withChannels(std::move(audio), channels, path.string());
}

void writeAudio(const std::filesystem::path& path, const AudioBuffer& audio, AudioSpec spec) {
    spec.channels = audio.channels();
    spec.frames = audio.frames();
    AudioWriter writer(path, spec);
    writer.write(audio);
    writer.commit();
}

} // namespace headroom
