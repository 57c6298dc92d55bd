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

/// Copies the frames from `first` on to the start of `into`; fewer where `from` ends.
void copyFrames(const AudioBuffer& from, std::int64_t first, AudioBuffer& into) {
    const std::int64_t count = std::clamp<std::int64_t>(from.frames() - first, 0, into.frames());
    for (int c = 0; c < into.channels() && count > 0; ++c)
        std::ranges::copy(from.channel(c).subspan(first, count), into.channel(c).begin());
}

AudioBuffer resampled(const AudioBuffer& sound, int inputRate, int outputRate) {
    Resampler resampler(inputRate, outputRate, sound.channels());
    const AudioBuffer head = resampler.process(sound);
    const AudioBuffer tail = resampler.finish();
    AudioBuffer result(sound.channels(), head.frames() + tail.frames());
    for (int c = 0; c < result.channels(); ++c) {
        std::ranges::copy(head.channel(c), result.channel(c).begin());
        std::ranges::copy(tail.channel(c), result.channel(c).begin() + head.frames());
    }
    return result;
}

/// The range of a file that has another rate: resamples a stretch around it, wide enough for the filter to
/// settle, that starts where input and output frames meet.
AudioBuffer readResampledRange(AudioReader& reader, int sampleRate, std::int64_t first, std::int64_t frames) {
    constexpr std::int64_t margin = 8192; // input or output frames, whichever last longer
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
    const AudioBuffer stretch = resampled(reader.read(inputEnd - inputFirst), info.sampleRate, sampleRate);
    copyFrames(stretch, first - periods * outputPeriod, result);
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

AudioBuffer withChannels(AudioBuffer sound, int channels, const std::string& where) {
    if (channels == 0 || sound.channels() == channels)
        return sound;
    if (sound.channels() == 1 && channels == 2)
        return doubled(sound);
    if (sound.channels() == 2 && channels == 1)
        return averaged(sound);
    throw Error(ErrorKind::Input, fmt::format("the sound has {} channels", sound.channels()), where,
                "Only mono and stereo can be used here.");
}

AudioBuffer readAudio(const std::filesystem::path& path, int sampleRate, int channels) {
    AudioReader reader(path);
    AudioBuffer sound = reader.read(reader.info().frames);
    if (sampleRate != 0 && sampleRate != reader.info().sampleRate)
        sound = resampled(sound, reader.info().sampleRate, sampleRate);
    return withChannels(std::move(sound), channels, path.string());
}

AudioBuffer readAudioRange(const std::filesystem::path& path, int sampleRate, int channels,
                           std::int64_t first, std::int64_t frames) {
    AudioReader reader(path);
    const bool asItIs = sampleRate == 0 || sampleRate == reader.info().sampleRate;
    AudioBuffer sound =
        asItIs ? readRange(reader, first, frames) : readResampledRange(reader, sampleRate, first, frames);
    return withChannels(std::move(sound), channels, path.string());
}

void writeAudio(const std::filesystem::path& path, const AudioBuffer& sound, AudioSpec spec) {
    spec.channels = sound.channels();
    spec.frames = sound.frames();
    AudioWriter writer(path, spec);
    writer.write(sound);
    writer.commit();
}

} // namespace headroom
