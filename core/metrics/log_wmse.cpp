// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/log_wmse.h"

#include "core/audio/resampler.h"
#include "core/metrics/hearing_filter.h"
#include "core/metrics/same_channels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace headroom {
namespace {

constexpr double wmseEpsilon = 1e-8;
constexpr double wmseScale = -4;
constexpr double inaudibleDecibels = -68;

/// A channel at the rate of the filter.
std::vector<float> atFilterRate(const std::vector<float>& samples, int sampleRate) {
    if (sampleRate == HearingFilter::sampleRate)
        return samples;
    AudioBuffer audio(1, std::ssize(samples));
    std::ranges::copy(samples, audio.samples().begin());
    Resampler resampler(sampleRate, HearingFilter::sampleRate, 1, Resampler::Quality::High);
    std::vector<float> converted;
    for (const AudioBuffer& part : {resampler.process(audio), resampler.finish()})
        converted.insert(converted.end(), part.samples().begin(), part.samples().end());
    return converted;
}

/// A channel of the first signal minus that of the second, which is zero beyond its end.
std::vector<float> differenceOf(std::span<const float> signal, std::span<const float> other) {
    std::vector<float> difference(signal.begin(), signal.end());
    const std::size_t common = std::min(signal.size(), other.size());
    for (std::size_t i = 0; i < common; ++i)
        difference[i] -= other[i];
    return difference;
}

/// The channel, cut or padded to this length.
std::vector<float> ofLength(std::span<const float> signal, std::size_t frames) {
    std::vector<float> samples(signal.begin(),
                               signal.begin() + static_cast<std::ptrdiff_t>(std::min(signal.size(), frames)));
    samples.resize(frames);
    return samples;
}

/// The mean square of the weighted samples, without those below `least`.
double weightedMeanSquare(const HearingFilter& filter, const std::vector<float>& samples, double least) {
    double sum = 0;
    filter.apply(samples, [&](std::span<const double> block) {
        for (const double sample : block)
            sum += std::abs(sample) < least ? 0 : sample * sample;
    });
    return sum / static_cast<double>(samples.size());
}

} // namespace

std::optional<double> logWmse(const AudioBuffer& truth, const AudioBuffer& estimate,
                              const AudioBuffer& mixture, int sampleRate) {
    requireSameChannels(truth, estimate);
    requireSameChannels(truth, mixture);
    if (truth.frames() == 0)
        return std::nullopt;
    static const HearingFilter filter;
    double sum = 0;
    for (int c = 0; c < truth.channels(); ++c) {
        const auto frames = static_cast<std::size_t>(truth.frames());
        const double power =
            weightedMeanSquare(filter, atFilterRate(ofLength(mixture.channel(c), frames), sampleRate), 0);
        double error = 0; // relative to the mixture
        if (power > 0) {
            const double least = std::sqrt(power) * std::pow(10, inaudibleDecibels / 20);
            const std::vector<float> difference = differenceOf(truth.channel(c), estimate.channel(c));
            error = weightedMeanSquare(filter, atFilterRate(difference, sampleRate), least) / power;
        }
        sum += wmseScale * std::log(error + wmseEpsilon);
    }
    return sum / truth.channels();
}

} // namespace headroom
