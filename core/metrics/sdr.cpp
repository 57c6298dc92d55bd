// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/sdr.h"

#include "core/metrics/decibels.h"
#include "core/metrics/same_channels.h"
#include "core/metrics/windows.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr double uSdrEpsilon = 1e-7;

double square(double value) {
    return value * value;
}

/// Sums of squares over all channels, with the estimate zero-padded or truncated.
struct Energies {
    double truth = 0;
    double error = 0;
};

Energies energies(const AudioBuffer& truth, const AudioBuffer& estimate, std::int64_t begin,
                  std::int64_t end) {
    Energies sums;
    const std::int64_t common = std::clamp(estimate.frames(), begin, end);
    for (int c = 0; c < truth.channels(); ++c) {
        const auto s = truth.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = begin; i < common; ++i) {
            sums.truth += square(s[i]);
            sums.error += square(double{s[i]} - e[i]);
        }
        for (std::int64_t i = common; i < end; ++i) {
            sums.truth += square(s[i]);
            sums.error += square(s[i]);
        }
    }
    return sums;
}

} // namespace

std::vector<double> windowSdr(const AudioBuffer& truth, const AudioBuffer& estimate, std::int64_t window,
                              std::int64_t hop) {
    requireSameChannels(truth, estimate);
    const ScoreWindows windows(truth.frames(), window, hop);
    std::vector<double> scores(static_cast<std::size_t>(windows.count()),
                               std::numeric_limits<double>::quiet_NaN());
    for (std::int64_t t = 0; t < windows.count(); ++t) {
        const std::int64_t begin = windows.begin(t);
        const std::int64_t end = windows.end(t);
        if (isSilent(truth, begin, end) || isSilent(estimate, begin, end))
            continue;
        const Energies sums = energies(truth, estimate, begin, end);
        scores[t] = decibels(sums.truth, sums.error);
    }
    return scores;
}

std::optional<double> cSdr(const AudioBuffer& truth, const AudioBuffer& estimate, int sampleRate) {
    return medianOfDefined(windowSdr(truth, estimate, sampleRate, sampleRate));
}

double uSdr(const AudioBuffer& truth, const AudioBuffer& estimate) {
    requireSameChannels(truth, estimate);
    const Energies sums = energies(truth, estimate, 0, truth.frames());
    return decibels(sums.truth + uSdrEpsilon, sums.error + uSdrEpsilon);
}

std::optional<double> siSdr(const AudioBuffer& truth, const AudioBuffer& estimate) {
    requireSameChannels(truth, estimate);
    const std::int64_t common = std::min(truth.frames(), estimate.frames());
    double truthEnergy = energies(truth, estimate, common, truth.frames()).truth;
    double estimateEnergy = 0;
    double product = 0;
    for (int c = 0; c < truth.channels(); ++c) {
        const auto s = truth.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = 0; i < common; ++i) {
            truthEnergy += square(s[i]);
            estimateEnergy += square(e[i]);
            product += double{e[i]} * s[i];
        }
    }
    if (truthEnergy == 0 || estimateEnergy == 0)
        return std::nullopt;

    const double scale = product / truthEnergy;
    double error = square(scale) * energies(truth, estimate, common, truth.frames()).truth;
    for (int c = 0; c < truth.channels(); ++c) {
        const auto s = truth.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = 0; i < common; ++i)
            error += square(scale * s[i] - e[i]);
    }
    return decibels(square(scale) * truthEnergy, error);
}

} // namespace headroom
