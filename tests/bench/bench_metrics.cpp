// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Time to score a stereo song: each metric of one stem, and full BSSEval v4 of several.
///     bench_metrics [SECONDS [SOURCES [THREADS [REPETITIONS]]]]
#include "core/metrics/bsseval.h"
#include "core/metrics/stem_score.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>

namespace {

using headroom::AudioBuffer;

constexpr int rate = 44100;

/// A vibrato tone in noise, different for each seed.
AudioBuffer voice(std::int64_t frames, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> noise(0, 0.02F);
    AudioBuffer audio(2, frames);
    for (int c = 0; c < 2; ++c) {
        for (std::int64_t i = 0; i < frames; ++i) {
            const double t = static_cast<double>(i) / rate;
            const double phase = 1382.3 * (1 + 0.3 * seed) * t * (1 + 0.01 * std::sin(5 * t));
            audio.channel(c)[i] = static_cast<float>(0.2 * std::sin(phase)) + noise(generator);
        }
    }
    return audio;
}

/// The source plus a tenth of another one and noise.
AudioBuffer degraded(const AudioBuffer& source, const AudioBuffer& other, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> noise(0, 0.05F);
    AudioBuffer audio = source;
    for (std::size_t i = 0; i < audio.samples().size(); ++i)
        audio.samples()[i] += 0.1F * other.samples()[i] + noise(generator);
    return audio;
}

double minimumSeconds(int repetitions, const std::function<void()>& function) {
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < repetitions; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        function();
        least =
            std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return least;
}

} // namespace

int main(int argc, char** argv) {
    const auto argument = [&](int index, int otherwise) {
        return argc > index ? std::atoi(argv[index]) : otherwise;
    };
    const int seconds = argument(1, 30);
    const int sources = argument(2, 2);
    at::set_num_threads(argument(3, 2));
    const int repetitions = argument(4, 3);

    std::vector<AudioBuffer> groundTruth;
    std::vector<AudioBuffer> estimates;
    for (int s = 0; s < sources; ++s)
        groundTruth.push_back(voice(std::int64_t{rate} * seconds, s));
    for (int s = 0; s < sources; ++s)
        estimates.push_back(degraded(groundTruth[s], groundTruth[(s + 1) % sources], 100 + s));

    const auto secondsFor = [&](const std::vector<headroom::Metric>& metrics) {
        return minimumSeconds(repetitions, [&] {
            headroom::scoreStem(groundTruth[0], estimates[0], groundTruth[1 % sources], rate, metrics);
        });
    };
    using headroom::Metric;
    const double family = secondsFor({Metric::CSdr, Metric::USdr, Metric::SiSdr});
    const double wmse = secondsFor({Metric::LogWmse});
    const double l1 = secondsFor({Metric::L1Frequency});
    const double bleed = secondsFor({Metric::Bleedless, Metric::Fullness});
    const double full =
        minimumSeconds(repetitions, [&] { headroom::bssEval(groundTruth, estimates, rate, rate); });
    fmt::print("{{\"bench\": \"metrics\", \"seconds\": {}, \"sources\": {}, \"threads\": {}, "
               "\"sdr_family_s\": {:.4f}, \"log_wmse_s\": {:.4f}, \"l1_freq_s\": {:.4f}, "
               "\"bleed_fullness_s\": {:.4f}, \"bsseval_s\": {:.4f}}}\n",
               seconds, sources, at::get_num_threads(), family, wmse, l1, bleed, full);
    return 0;
}
