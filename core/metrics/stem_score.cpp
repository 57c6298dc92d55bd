// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/stem_score.h"

#include "core/metrics/log_wmse.h"
#include "core/metrics/sdr.h"
#include "core/metrics/spectral_scores.h"
#include "core/metrics/windows.h"
#include "core/values/metric.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

bool contains(const std::vector<Metric>& metrics, Metric metric) {
    return std::ranges::find(metrics, metric) != metrics.end();
}

std::optional<double> meanOfDefined(std::span<const StemScore> songs,
                                    std::optional<double> StemScore::*score) {
    double sum = 0;
    int count = 0;
    for (const StemScore& song : songs) {
        if (song.*score) {
            sum += *(song.*score);
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

} // namespace

StemScore scoreStem(const AudioBuffer& truth, const AudioBuffer& estimate, const AudioBuffer& mixture,
                    int sampleRate, const std::vector<Metric>& metrics) {
    StemScore score;
    for (const Metric metric : metrics) {
        switch (metric) {
        case Metric::CSdr:
            score.cSdr = cSdr(truth, estimate, sampleRate);
            break;
        case Metric::USdr:
            score.uSdr = uSdr(truth, estimate);
            break;
        case Metric::SiSdr:
            score.siSdr = siSdr(truth, estimate);
            break;
        case Metric::LogWmse:
            score.logWmse = logWmse(truth, estimate, mixture, sampleRate);
            break;
        case Metric::L1Frequency:
            score.l1Frequency = l1Frequency(truth, estimate);
            break;
        case Metric::Bleedless:
        case Metric::Fullness: // both at once, below
            break;
        }
    }
    const bool bleedless = contains(metrics, Metric::Bleedless);
    const bool fullness = contains(metrics, Metric::Fullness);
    if (!bleedless && !fullness)
        return score;
    if (const auto both = bleedAndFullness(truth, estimate, sampleRate)) {
        if (bleedless)
            score.bleedless = both->bleedless;
        if (fullness)
            score.fullness = both->fullness;
    }
    return score;
}

StemScore scoreSilence(const AudioBuffer& truth, const AudioBuffer& mixture, int sampleRate,
                       const std::vector<Metric>& metrics) {
    StemScore score = scoreStem(truth, AudioBuffer(truth.channels(), 0), mixture, sampleRate, metrics);
    if (!contains(metrics, Metric::CSdr))
        return score;
    const ScoreWindows windows(truth.frames(), sampleRate, sampleRate);
    for (std::int64_t t = 0; t < windows.count() && !score.cSdr; ++t) {
        if (!isSilent(truth, windows.begin(t), windows.end(t)))
            score.cSdr = 0;
    }
    return score;
}

StemScore scoreOverSongs(std::span<const StemScore> songs) {
    std::vector<double> cSdrScores;
    for (const StemScore& song : songs)
        cSdrScores.push_back(song.cSdr.value_or(std::numeric_limits<double>::quiet_NaN()));
    StemScore all;
    for (const MetricInfo& metric : allMetrics())
        all.*metric.score =
            metric.metric == Metric::CSdr ? medianOfDefined(cSdrScores) : meanOfDefined(songs, metric.score);
    return all;
}

} // namespace headroom
