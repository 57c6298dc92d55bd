#include "core/metrics/sdr.h"

#include "core/metrics/decibels.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr double uSdrEpsilon = 1e-7;

double square(double value) {
    return value * value;
}

/// Sums of squares over [begin, end) of every channel, the estimate padded or cut.
struct Energies {
    double reference = 0;
    double error = 0;
};

Energies energies(const AudioBuffer& reference, const AudioBuffer& estimate, std::int64_t begin,
                  std::int64_t end) {
    Energies sums;
    const std::int64_t both = std::clamp(estimate.frames(), begin, end);
    for (int c = 0; c < reference.channels(); ++c) {
        const auto s = reference.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = begin; i < both; ++i) {
            sums.reference += square(s[i]);
            sums.error += square(double{s[i]} - e[i]);
        }
        for (std::int64_t i = both; i < end; ++i) {
            sums.reference += square(s[i]);
            sums.error += square(s[i]);
        }
    }
    return sums;
}

void requireSameChannels(const AudioBuffer& reference, const AudioBuffer& estimate) {
    if (reference.channels() != estimate.channels()) {
        throw Error(ErrorKind::Input, "an estimate with " + std::to_string(estimate.channels()) +
                                          " channels cannot be scored against a reference with " +
                                          std::to_string(reference.channels()));
    }
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

std::vector<double> windowSdr(const AudioBuffer& reference, const AudioBuffer& estimate, std::int64_t window,
                              std::int64_t hop) {
    requireSameChannels(reference, estimate);
    const ScoreWindows windows(reference.frames(), window, hop);
    std::vector<double> scores(static_cast<std::size_t>(windows.count()),
                               std::numeric_limits<double>::quiet_NaN());
    for (std::int64_t t = 0; t < windows.count(); ++t) {
        const std::int64_t begin = windows.begin(t);
        const std::int64_t end = windows.end(t);
        if (isSilent(reference, begin, end) || isSilent(estimate, begin, end))
            continue;
        const Energies sums = energies(reference, estimate, begin, end);
        scores[t] = decibels(sums.reference, sums.error);
    }
    return scores;
}

std::optional<double> cSdr(const AudioBuffer& reference, const AudioBuffer& estimate, int sampleRate) {
    return medianOfDefined(windowSdr(reference, estimate, sampleRate, sampleRate));
}

double uSdr(const AudioBuffer& reference, const AudioBuffer& estimate) {
    requireSameChannels(reference, estimate);
    const Energies sums = energies(reference, estimate, 0, reference.frames());
    return decibels(sums.reference + uSdrEpsilon, sums.error + uSdrEpsilon);
}

std::optional<double> siSdr(const AudioBuffer& reference, const AudioBuffer& estimate) {
    requireSameChannels(reference, estimate);
    const std::int64_t both = std::min(reference.frames(), estimate.frames());
    double referenceEnergy = energies(reference, estimate, both, reference.frames()).reference;
    double estimateEnergy = 0;
    double product = 0;
    for (int c = 0; c < reference.channels(); ++c) {
        const auto s = reference.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = 0; i < both; ++i) {
            referenceEnergy += square(s[i]);
            estimateEnergy += square(e[i]);
            product += double{e[i]} * s[i];
        }
    }
    if (referenceEnergy == 0 || estimateEnergy == 0)
        return std::nullopt;

    const double scale = product / referenceEnergy;
    double error = square(scale) * energies(reference, estimate, both, reference.frames()).reference;
    for (int c = 0; c < reference.channels(); ++c) {
        const auto s = reference.channel(c);
        const auto e = estimate.channel(c);
        for (std::int64_t i = 0; i < both; ++i)
            error += square(scale * s[i] - e[i]);
    }
    return decibels(square(scale) * referenceEnergy, error);
}

StemScore scoreStem(const AudioBuffer& reference, const AudioBuffer& estimate, int sampleRate) {
    return {cSdr(reference, estimate, sampleRate), uSdr(reference, estimate), siSdr(reference, estimate)};
}

StemScore scoreSilence(const AudioBuffer& reference, int sampleRate) {
    const ScoreWindows windows(reference.frames(), sampleRate, sampleRate);
    StemScore score;
    for (std::int64_t t = 0; t < windows.count() && !score.cSdr; ++t) {
        if (!isSilent(reference, windows.begin(t), windows.end(t)))
            score.cSdr = 0;
    }
    score.uSdr = uSdr(reference, AudioBuffer(reference.channels(), 0));
    return score;
}

StemScore scoreOverSongs(std::span<const StemScore> songs) {
    std::vector<double> chunkScores;
    for (const StemScore& song : songs)
        chunkScores.push_back(song.cSdr.value_or(std::numeric_limits<double>::quiet_NaN()));
    return {medianOfDefined(chunkScores), meanOfDefined(songs, &StemScore::uSdr),
            meanOfDefined(songs, &StemScore::siSdr)};
}

} // namespace headroom
