// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Block length for reading, so that long audio is never copied entirely.
constexpr std::int64_t blockFrames = 65536;

double meanSquare(const AudioBuffer& audio) {
    double sum = 0;
    for (const float sample : audio.samples())
        sum += double{sample} * sample;
    return sum / static_cast<double>(audio.samples().size());
}

double meanSquareDifference(const AudioBuffer& a, const AudioBuffer& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.samples().size(); ++i)
        sum += std::pow(double{a.samples()[i]} - b.samples()[i], 2);
    return sum / static_cast<double>(a.samples().size());
}

/// Of the samples that are finite; 0 if none is.
Peak peakOf(std::span<const float> samples) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    Peak peak{infinity, -infinity, 0};
    for (const float sample : samples) {
        if (!std::isfinite(sample))
            continue;
        peak.lowest = std::min(peak.lowest, sample);
        peak.highest = std::max(peak.highest, sample);
        peak.meanSquare += sample * sample;
    }
    peak.meanSquare /= static_cast<float>(samples.size());
    return peak.lowest <= peak.highest ? peak : Peak{};
}

/// Power to the levels of SpectrogramTile, in steps of 0.5 dB. NaN becomes the lowest level.
std::vector<std::uint8_t> levelsOf(const at::Tensor& power) {
    constexpr double top = 127.5;
    const at::Tensor levels =
        ((power.log10() * 10 + top) * 2).round().nan_to_num(0.0).clamp(0, 255).to(at::kByte).contiguous();
    return {levels.data_ptr<std::uint8_t>(), levels.data_ptr<std::uint8_t>() + levels.numel()};
}

} // namespace

LoudnessAnswer loudnessOf(const AudioSum& audio, int sampleRate) {
    LoudnessMeter meter(sampleRate);
    const std::int64_t frames = audio.frames();
    for (std::int64_t begin = 0; begin < frames; begin += blockFrames)
        meter.add(audio.read(begin, std::min(blockFrames, frames - begin)));
    return {0, meter.integrated(), meter.samplePeak()};
}

SdrAnswer sdrBySecond(const AudioSum& estimate, const AudioSum& truth, int sampleRate) {
    SdrAnswer answer;
    std::vector<double> scores;
    const std::int64_t seconds = std::min(estimate.frames(), truth.frames()) / sampleRate;
    for (std::int64_t second = 0; second < seconds; ++second) {
        const AudioBuffer s = planarAudio(truth.read(second * sampleRate, sampleRate));
        const AudioBuffer e = planarAudio(estimate.read(second * sampleRate, sampleRate));
        scores.push_back(windowSdr(s, e, sampleRate, sampleRate).front());
        const bool defined = !std::isnan(scores.back());
        answer.seconds.push_back({defined ? std::optional(scores.back()) : std::nullopt, meanSquare(s),
                                  meanSquareDifference(s, e)});
    }
    answer.cSdr = medianOfDefined(scores);
    return answer;
}

PeaksAnswer peaksOf(const AudioSum& audio, std::int64_t begin, std::int64_t frames) {
    PeaksAnswer answer{0, begin, {}};
    for (std::int64_t done = 0; done < frames; done += blockFrames) {
        const std::int64_t count = std::min(blockFrames, frames - done);
        const std::vector<float> samples = audio.read(begin + done, count);
        for (std::int64_t i = 0; i < count; i += framesPerPeak) {
            const std::int64_t length = std::min(framesPerPeak, count - i);
            answer.peaks.push_back(peakOf(std::span(samples).subspan(2 * i, 2 * length)));
        }
    }
    return answer;
}

SpectrogramTile tileOf(const TileRequest& request) {
    const Spectrogram spectrogram(request.scale, request.rows, request.sampleRate);
    // Several columns at a time: a tile of a whole long song covers more samples than should be in memory.
    constexpr std::int64_t framesAtOnce = 1 << 20;
    const std::int64_t most = std::max<std::int64_t>(1, framesAtOnce / request.hop);
    std::vector<at::Tensor> power;
    for (std::int64_t column = 0; column < request.columns; column += most) {
        const std::int64_t columns = std::min<std::int64_t>(most, request.columns - column);
        const std::int64_t begin = request.begin + column * request.hop - Spectrogram::windowFrames / 2;
        const std::int64_t frames = Spectrogram::windowFrames + columns * request.hop;
        std::vector<float> samples = request.audio.read(begin, frames);
        const at::Tensor audio = at::from_blob(samples.data(), {frames, 2}, at::kFloat).t().contiguous();
        power.push_back(spectrogram.power(audio, columns, request.hop));
    }
    return {request.number, request.columns, request.rows, levelsOf(at::cat(power, 1))};
}

} // namespace headroom
