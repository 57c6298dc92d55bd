// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/inferred_bands.h"

#include "core/dsp/band_plan.h"
#include "core/dsp/mel_bands.h"
#include "core/support/error.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace headroom {
namespace {

constexpr std::int64_t smallestNFft = 64;
constexpr std::int64_t largestNFft = 16384;
constexpr int planNFft = 2048;

/// Bins of each band. Absent unless all features are whole bins of so many channels.
std::optional<std::vector<int>> widthsOf(const std::vector<std::int64_t>& features, int channels) {
    std::vector<int> widths;
    for (const std::int64_t count : features) {
        const std::int64_t width = count / (2 * channels);
        if (width < 1 || width > largestNFft || count % (2 * channels) != 0)
            return std::nullopt;
        widths.push_back(static_cast<int>(width));
    }
    return widths;
}

bool isPlan(const std::vector<int>& widths, int count) {
    constexpr int fewest = 16; // of bandPlan()
    constexpr int most = 128;
    return count >= fewest && count <= most && widths == bandPlan(count);
}

/// The shortest way to write the bands of an STFT of 2048 samples, or else their widths.
void setSeparateBands(RunConfig& config, const std::vector<int>& widths) {
    const auto count = static_cast<int>(widths.size());
    ModelConfig& model = config.model;
    model.freqsPerBands.clear();
    model.numSubbands = ModelConfig{}.numSubbands;
    const bool hasPlan = config.audio.nFft == planNFft && isPlan(widths, count);
    if (hasPlan && model.kind == ModelKind::BsMamba2)
        model.numSubbands = count;
    else if (!hasPlan || count != model.numSubbands)
        model.freqsPerBands = widths;
}

bool inferSeparateBands(RunConfig& config, const std::vector<std::int64_t>& features) {
    for (const int channels : {2, 1}) {
        const auto widths = widthsOf(features, channels);
        if (!widths)
            continue;
        const auto bins = std::accumulate(widths->begin(), widths->end(), std::int64_t{0});
        const std::int64_t nFft = 2 * (bins - 1);
        if (nFft < smallestNFft || nFft > largestNFft)
            continue;
        config.audio.channels = channels;
        config.audio.nFft = static_cast<int>(nFft);
        setSeparateBands(config, *widths);
        return true;
    }
    return false;
}

bool areMelBands(const std::vector<int>& widths, int sampleRate, int nFft) {
    try {
        return std::ranges::equal(melBands(static_cast<std::int64_t>(widths.size()), sampleRate, nFft),
                                  widths, {}, &BinRange::count);
    } catch (const Error&) { // more bands than such a spectrum has room for
        return false;
    }
}

bool inferMelBands(RunConfig& config, const std::vector<std::int64_t>& features) {
    constexpr std::array rates = {44100, 48000, 32000, 24000, 22050, 16000, 11025, 8000, 88200, 96000};
    constexpr std::size_t mostBands = 512; // of model.num_bands
    for (const int channels : {2, 1}) {
        const auto widths = widthsOf(features, channels);
        if (!widths || widths->size() > mostBands)
            continue;
        const auto sum = std::accumulate(widths->begin(), widths->end(), std::int64_t{0});
        for (std::int64_t nFft = smallestNFft; nFft <= largestNFft; nFft *= 2) {
            const std::int64_t bins = nFft / 2 + 1;
            if (sum < bins || sum > 2 * bins) // every bin is in one or two bands
                continue;
            const auto rate = std::ranges::find_if(rates, [&](int candidate) {
                return areMelBands(*widths, candidate, static_cast<int>(nFft));
            });
            if (rate == rates.end())
                continue;
            config.audio.channels = channels;
            config.audio.nFft = static_cast<int>(nFft);
            config.audio.sampleRate = *rate;
            config.model.numBands = static_cast<int>(widths->size());
            return true;
        }
    }
    return false;
}

} // namespace

bool setInferredBands(RunConfig& config, const std::vector<std::int64_t>& features) {
    return config.model.kind == ModelKind::MelBandRoformer ? inferMelBands(config, features)
                                                           : inferSeparateBands(config, features);
}

} // namespace headroom
