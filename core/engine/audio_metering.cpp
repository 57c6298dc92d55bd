#include "core/engine/audio_metering.h"

#include "core/audio/loudness.h"
#include "core/dsp/spectrogram.h"
#include "core/engine/stereo_samples.h"
#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

/// Sounds are read in stretches of this many frames, so that a long one is never copied whole.
constexpr std::int64_t stretchFrames = 65536;

double meanSquare(const AudioBuffer& sound) {
    double sum = 0;
    for (const float sample : sound.samples())
        sum += double{sample} * sample;
    return sum / static_cast<double>(sound.samples().size());
}

double meanSquareDifference(const AudioBuffer& a, const AudioBuffer& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.samples().size(); ++i)
        sum += std::pow(double{a.samples()[i]} - b.samples()[i], 2);
    return sum / static_cast<double>(a.samples().size());
}

Peak peakOf(std::span<const float> samples) {
    Peak peak{samples.front(), samples.front(), 0};
    for (const float sample : samples) {
        peak.lowest = std::min(peak.lowest, sample);
        peak.highest = std::max(peak.highest, sample);
        peak.meanSquare += sample * sample;
    }
    peak.meanSquare /= static_cast<float>(samples.size());
    return peak;
}

/// Levels in half decibels, see SpectrogramTile.
std::vector<std::uint8_t> levelsOf(const at::Tensor& power) {
    constexpr double top = 127.5;
    const at::Tensor levels =
        ((power.log10() * 10 + top) * 2).round().clamp(0, 255).to(at::kByte).contiguous();
    return {levels.data_ptr<std::uint8_t>(), levels.data_ptr<std::uint8_t>() + levels.numel()};
}

} // namespace

LoudnessAnswer loudnessOf(const AudioSum& sound, int sampleRate) {
    LoudnessMeter meter(sampleRate);
    const std::int64_t frames = sound.frames();
    for (std::int64_t begin = 0; begin < frames; begin += stretchFrames)
        meter.add(sound.read(begin, std::min(stretchFrames, frames - begin)));
    return {0, meter.integrated(), meter.samplePeak()};
}

SdrAnswer sdrBySecond(const AudioSum& estimate, const AudioSum& reference, int sampleRate) {
    SdrAnswer answer;
    std::vector<double> scores;
    const std::int64_t seconds = std::min(estimate.frames(), reference.frames()) / sampleRate;
    for (std::int64_t second = 0; second < seconds; ++second) {
        const AudioBuffer s = planarSound(reference.read(second * sampleRate, sampleRate));
        const AudioBuffer e = planarSound(estimate.read(second * sampleRate, sampleRate));
        scores.push_back(windowSdr(s, e, sampleRate, sampleRate).front());
        const bool defined = !std::isnan(scores.back());
        answer.seconds.push_back({defined ? std::optional(scores.back()) : std::nullopt, meanSquare(s),
                                  meanSquareDifference(s, e)});
    }
    answer.cSdr = medianOfDefined(scores);
    return answer;
}

PeaksAnswer peaksOf(const AudioSum& sound, std::int64_t begin, std::int64_t frames) {
    PeaksAnswer answer{0, begin, {}};
    for (std::int64_t done = 0; done < frames; done += stretchFrames) {
        const std::int64_t count = std::min(stretchFrames, frames - done);
        const std::vector<float> samples = sound.read(begin + done, count);
        for (std::int64_t i = 0; i < count; i += framesPerPeak) {
            const std::int64_t length = std::min(framesPerPeak, count - i);
            answer.peaks.push_back(peakOf(std::span(samples).subspan(2 * i, 2 * length)));
        }
    }
    return answer;
}

SpectrogramTile tileOf(const TileRequest& request) {
    const Spectrogram spectrogram(request.scale, request.rows, request.sampleRate);
    const std::int64_t frames = Spectrogram::windowFrames + request.columns * request.hop;
    std::vector<float> samples = request.sound.read(request.begin - Spectrogram::windowFrames / 2, frames);
    const at::Tensor sound = at::from_blob(samples.data(), {frames, 2}, at::kFloat).t().contiguous();
    return {request.number, request.columns, request.rows,
            levelsOf(spectrogram.power(sound, request.columns, request.hop))};
}

} // namespace headroom
