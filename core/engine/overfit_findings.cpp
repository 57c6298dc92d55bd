// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/overfit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headroom {
namespace {

using Samples = std::vector<float>;

constexpr double alikeDecibels = -40; ///< relative energy of the difference of equal signals

double productOf(const Samples& a, const Samples& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += double{a[i]} * b[i];
    return sum;
}

bool isSilentAudio(const Samples& samples) {
    return std::ranges::all_of(samples, [](float sample) { return sample == 0; });
}

bool areAlike(const Samples& a, const Samples& b) {
    double difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference += (double{a[i]} - b[i]) * (double{a[i]} - b[i]);
    return difference <= std::pow(10, alikeDecibels / 10) * productOf(a, a);
}

/// Whether the mixture contains the stem: then their correlation is the stem's own energy, if the other stems
/// are independent of it.
bool isIn(const Samples& stem, const Samples& mixture) {
    constexpr double least = 0.1;
    return productOf(stem, mixture) > least * productOf(stem, stem);
}

double meanOf(std::vector<double>::const_iterator begin, std::vector<double>::const_iterator end) {
    return std::accumulate(begin, end, 0.0) / static_cast<double>(std::max<std::ptrdiff_t>(1, end - begin));
}

} // namespace

std::vector<std::string> audioFindings(const std::vector<std::string>& targets,
                                       const std::vector<std::string>& stems,
                                       const std::vector<std::vector<float>>& audio,
                                       const std::vector<float>& mixture) {
    std::vector<std::string> findings;
    for (const std::string& target : targets) {
        const auto index = static_cast<std::size_t>(std::ranges::find(stems, target) - stems.begin());
        const Samples& samples = audio.at(index);
        if (isSilentAudio(samples)) {
            findings.push_back(
                fmt::format("The target '{}' is silent in the whole song. Is it the right file?", target));
            continue;
        }
        for (std::size_t other = 0; other < stems.size(); ++other) {
            if (other != index && areAlike(samples, audio[other]))
                findings.push_back(fmt::format("The stems '{}' and '{}' are the same audio: one of them is "
                                               "the wrong file.",
                                               target, stems[other]));
        }
        if (areAlike(samples, mixture))
            findings.push_back(
                fmt::format("The target '{}' is the mixture: there is nothing to separate. Is it "
                            "the right file?",
                            target));
        else if (!isIn(samples, mixture))
            findings.push_back(fmt::format("The mixture does not contain the target '{}': it belongs to "
                                           "another song, is shifted in time, or has the wrong polarity.",
                                           target));
    }
    return findings;
}

std::string learningRateFinding(const std::vector<double>& losses, double learningRate, int steps) {
    if (losses.empty())
        return "No step was run.";
    const auto quarter = std::max<std::ptrdiff_t>(1, std::ssize(losses) / 4);
    const double first = meanOf(losses.begin(), losses.begin() + quarter);
    const double third =
        meanOf(losses.end() - std::min(2 * quarter, std::ssize(losses)), losses.end() - quarter);
    const double last = meanOf(losses.end() - quarter, losses.end());
    constexpr double hardly = 0.95;
    const auto rate = [](double value) { return fmt::format("{:.2g}", value); };
    if (!std::isfinite(last) || last > std::min(first, losses.front()))
        return fmt::format("The loss rises: training.learning_rate {} is too high. Try {}.", learningRate,
                           rate(learningRate / 10));
    if (std::ssize(losses) < steps / 2)
        return fmt::format(
            "Only {} of {} steps were done in the time, too few to judge; the loss went from {:.4g} "
            "to {:.4g}. Allow more time (--minutes), or shorten audio.segment_length.",
            losses.size(), steps, losses.front(), losses.back());
    if (last < hardly * third)
        return fmt::format("The loss still falls: training.learning_rate {} may be too low, or the steps too "
                           "few. Try {}, or more --steps.",
                           learningRate, rate(learningRate * 3));
    if (last > hardly * first)
        return fmt::format(
            "The loss hardly changes: training.learning_rate {} is too low, or so high that it "
            "jumps back and forth. Try {} and {}.",
            learningRate, rate(learningRate * 10), rate(learningRate / 10));
    return fmt::format("The loss fell and then stayed: the model is too small for the segment, or "
                       "training.learning_rate {} is too high to come closer. Try {}.",
                       learningRate, rate(learningRate / 3));
}

} // namespace headroom
