// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/metric.h"

#include "core/config/metric_keys.h"

#include <algorithm>

namespace headroom {

const std::array<MetricInfo, metricCount>& allMetrics() {
    static constexpr std::array<MetricInfo, metricCount> all = {{
        {Metric::CSdr, "cSDR", "dB", &StemScore::cSdr,
         "BSSEval v4 SDR in dB, 10 log10(|s|^2 / |s - e|^2) in windows of 1 s without overlap, excluding "
         "windows with a silent stem or estimate; median over windows, then median over songs"},
        {Metric::USdr, "uSDR", "dB", &StemScore::uSdr,
         "SDR of the whole song in dB, 10 log10((|s|^2 + 1e-7) / (|s - e|^2 + 1e-7)); mean over songs"},
        {Metric::SiSdr, "SI-SDR", "dB", &StemScore::siSdr,
         "scale-invariant SDR of the whole song in dB, 10 log10(|a s|^2 / |a s - e|^2), "
         "a = <e, s> / |s|^2; mean over songs where it is defined"},
        {Metric::LogWmse, "log-WMSE", "", &StemScore::logWmse,
         "-4 ln(E + 1e-8), where E is the energy of the error relative to that of the mixture, both weighted "
         "by the sensitivity of hearing at 44.1 kHz; errors below -68 dB count as none; mean over channels, "
         "then mean over songs; 73.7 is the highest value, and a silent stem has a score too"},
        {Metric::L1Frequency, "L1-frequency", "", &StemScore::l1Frequency,
         "100 / (1 + 10 d), where d is the mean absolute difference of the STFT magnitudes, in windows of "
         "2048 samples without taper, 1024 apart; mean over songs; at most 100"},
        {Metric::Bleedless, "bleedless", "", &StemScore::bleedless,
         "100 / (1 + d), where d is the mean excess in dB of the estimate over the stem in those cells of a "
         "mel spectrogram (512 bands, 80 dB) in which it is louder; mean over songs; at most 100, which is "
         "no "
         "bleed"},
        {Metric::Fullness, "fullness", "", &StemScore::fullness,
         "100 / (1 + d), where d is the mean lack in dB in those cells in which the estimate is quieter than "
         "the stem; mean over songs; at most 100, which is nothing lost"},
    }};
    return all;
}

const MetricInfo& metricInfo(Metric metric) {
    return allMetrics().at(static_cast<std::size_t>(metric));
}

Metric bestMetricOf(const ValidationDone& done) {
    const auto found = std::ranges::find(metricKeys(), done.metric.value_or(metricKey(Metric::CSdr)));
    // A key of a newer version is unknown here.
    return found == metricKeys().end() ? Metric::CSdr : static_cast<Metric>(found - metricKeys().begin());
}

std::optional<double> meanOverStems(const std::map<std::string, StemScore>& stems, Metric metric) {
    const auto score = metricInfo(metric).score;
    double sum = 0;
    int count = 0;
    for (const auto& [stem, scores] : stems) {
        if (scores.*score) {
            sum += *(scores.*score);
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

} // namespace headroom
