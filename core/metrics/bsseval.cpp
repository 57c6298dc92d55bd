// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/bsseval.h"

#include "core/metrics/decibels.h"
#include "core/metrics/projection.h"
#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t filterTaps = 512;

/// The stems that are scored: every ground truth that is not silent, with its estimate unless that is silent.
struct Scene {
    std::vector<const AudioBuffer*> truths;
    std::vector<const AudioBuffer*> estimates;
    std::vector<std::int64_t> truthOf; ///< by estimate: index in `truths`
    std::vector<std::size_t> stemOf;   ///< by estimate: index of the caller's stem
    std::int64_t channels = 0;
    std::int64_t frames = 0;
};

Scene sceneOf(std::span<const AudioBuffer> truths, std::span<const AudioBuffer> estimates) {
    if (truths.size() != estimates.size())
        throw Error(ErrorKind::Input, "the numbers of estimates and of ground truths differ");
    Scene scene;
    for (std::size_t stem = 0; stem < truths.size(); ++stem) {
        const AudioBuffer& truth = truths[stem];
        const AudioBuffer& estimate = estimates[stem];
        if (truth.channels() != truths[0].channels() || truth.frames() != truths[0].frames() ||
            estimate.channels() != truth.channels())
            throw Error(ErrorKind::Input, "stems scored together must have the same channels and length");
        if (isSilent(truth, 0, truth.frames()))
            continue;
        scene.channels = truth.channels();
        scene.frames = truth.frames();
        scene.truths.push_back(&truth);
        if (isSilent(estimate, 0, truth.frames()))
            continue;
        scene.estimates.push_back(&estimate);
        scene.truthOf.push_back(std::ssize(scene.truths) - 1);
        scene.stemOf.push_back(stem);
    }
    return scene;
}

/// The rows (channels) of one signal along a dimension.
at::Tensor rowsOfSignal(const at::Tensor& tensor, std::int64_t dimension, std::int64_t signal,
                        std::int64_t channels) {
    return tensor.slice(dimension, signal * channels, (signal + 1) * channels);
}

/// Projection filters from all ground truths to each estimate, and from its own ground truth alone.
struct Filters {
    at::Tensor all;              ///< [truth rows, estimate rows, taps or bins]; a row is a channel
    std::vector<at::Tensor> own; ///< by estimate: [channels, channels, taps or bins]
};

Filters filtersOf(const Scene& scene) {
    auto both = scene.truths;
    both.insert(both.end(), scene.estimates.begin(), scene.estimates.end());
    const Rows truths = rowsOf(scene.truths);
    const at::Tensor correlations = correlate(rowsOf(both), truths, scene.frames, filterTaps);
    const at::Tensor truthTruth = correlations.slice(0, 0, std::ssize(truths));
    const at::Tensor estimateTruth = correlations.slice(0, std::ssize(truths));

    Filters filters{projectionFilters(truthTruth, estimateTruth), {}};
    for (std::int64_t e = 0; e < std::ssize(scene.estimates); ++e) {
        if (scene.truths.size() == 1) {
            filters.own.push_back(filters.all);
            continue;
        }
        const std::int64_t truth = scene.truthOf[e];
        const at::Tensor ownTruth =
            rowsOfSignal(rowsOfSignal(truthTruth, 0, truth, scene.channels), 1, truth, scene.channels);
        const at::Tensor ownEstimate =
            rowsOfSignal(rowsOfSignal(estimateTruth, 0, e, scene.channels), 1, truth, scene.channels);
        filters.own.push_back(projectionFilters(ownTruth, ownEstimate));
    }
    return filters;
}

Filters spectraOf(const Filters& filters, std::int64_t length) {
    Filters spectra{at::fft_rfft(filters.all, length), {}};
    for (const at::Tensor& own : filters.own)
        spectra.own.push_back(at::fft_rfft(own, length));
    return spectra;
}

/// The smallest even number >= n without a prime factor above 5, a fast FFT length.
std::int64_t fastLength(std::int64_t n) {
    for (n += n % 2;; n += 2) {
        std::int64_t rest = n;
        for (std::int64_t prime : {2, 3, 5}) {
            while (rest % prime == 0)
                rest /= prime;
        }
        if (rest == 1)
            return n;
    }
}

/// Applies the filters to a window. Returns [outputs, bins].
/// @param window [rows, bins]
/// @param filters [rows, outputs, bins]
at::Tensor filtered(const at::Tensor& window, const at::Tensor& filters) {
    at::Tensor sum = at::mul(window[0].unsqueeze(0), filters[0]);
    for (std::int64_t row = 1; row < filters.size(0); ++row)
        sum.addcmul_(window[row].unsqueeze(0), filters[row]);
    return sum;
}

/// The energy of spectra of real signals [rows, bins], by Parseval's theorem, up to a common factor.
double energy(const at::Tensor& spectra) {
    const auto sumOfSquares = [](const at::Tensor& part) {
        const at::Tensor flat = at::view_as_real(part.contiguous()).flatten();
        return at::dot(flat, flat).item<double>();
    };
    const at::Tensor unpaired = spectra.slice(1, 0, spectra.size(1), spectra.size(1) - 1);
    return 2 * sumOfSquares(spectra) - sumOfSquares(unpaired);
}

/// ISR, SIR and SAR of every estimate in one window.
/// @param truths, estimates  spectra of the window [rows, bins]
void scoreWindow(const Scene& scene, const Filters& filters, const at::Tensor& truths,
                 const at::Tensor& estimates, std::int64_t window, std::vector<BssScores>& scores) {
    for (std::int64_t e = 0; e < std::ssize(scores); ++e) {
        const at::Tensor truth = rowsOfSignal(truths, 0, scene.truthOf[e], scene.channels);
        const at::Tensor ownProjection = filtered(truth, filters.own[e]);
        const at::Tensor projection = scene.truths.size() == 1
                                          ? ownProjection
                                          : filtered(truths, rowsOfSignal(filters.all, 1, e, scene.channels));
        const at::Tensor estimate = rowsOfSignal(estimates, 0, e, scene.channels);
        scores[e].isr[window] = decibels(energy(truth), energy(ownProjection - truth));
        scores[e].sir[window] = decibels(energy(ownProjection), energy(projection - ownProjection));
        scores[e].sar[window] = decibels(energy(projection), energy(estimate - projection));
    }
}

/// ISR, SIR and SAR of every estimate in every window, silent ones included.
std::vector<BssScores> projectedScores(const Scene& scene, const ScoreWindows& windows) {
    const std::int64_t length = fastLength(windows.length() + filterTaps - 1);
    const Filters filters = spectraOf(filtersOf(scene), length);
    const Rows truths = rowsOf(scene.truths);
    const Rows estimates = rowsOf(scene.estimates);
    const std::int64_t rows = std::ssize(truths) + std::ssize(estimates);
    const std::vector<double> zeros(static_cast<std::size_t>(windows.count()));
    std::vector<BssScores> scores(scene.estimates.size(), BssScores{zeros, zeros, zeros, zeros});

    at::parallel_for(0, windows.count(), 1, [&](std::int64_t first, std::int64_t last) {
        const at::NoGradGuard noGradients;
        at::Tensor signals = at::zeros({rows, length}, at::kDouble);
        double* out = signals.mutable_data_ptr<double>();
        for (std::int64_t t = first; t < last; ++t) {
            signals.zero_();
            copyBlock(truths, windows.begin(t), windows.end(t), out, length);
            copyBlock(estimates, windows.begin(t), windows.end(t), out + std::ssize(truths) * length, length);
            const at::Tensor spectra = at::fft_rfft(signals);
            scoreWindow(scene, filters, spectra.slice(0, 0, std::ssize(truths)),
                        spectra.slice(0, std::ssize(truths)), t, scores);
        }
    });
    return scores;
}

bool anySilent(const std::vector<const AudioBuffer*>& signals, std::int64_t begin, std::int64_t end) {
    return std::any_of(signals.begin(), signals.end(),
                       [&](const AudioBuffer* signal) { return isSilent(*signal, begin, end); });
}

void dropWindow(std::vector<BssScores>& scores, std::int64_t window) {
    for (BssScores& stem : scores) {
        for (auto* row : {&stem.sdr, &stem.isr, &stem.sir, &stem.sar})
            (*row)[window] = std::numeric_limits<double>::quiet_NaN();
    }
}

} // namespace

std::vector<BssScores> bssEval(std::span<const AudioBuffer> truths, std::span<const AudioBuffer> estimates,
                               std::int64_t window, std::int64_t hop) {
    std::vector<BssScores> scores(truths.size());
    const Scene scene = sceneOf(truths, estimates);
    if (scene.estimates.empty())
        return scores;

    const at::NoGradGuard noGradients;
    const ScoreWindows windows(scene.frames, window, hop);
    std::vector<BssScores> audible = projectedScores(scene, windows);
    for (std::size_t e = 0; e < audible.size(); ++e) {
        audible[e].sdr = windowSdr(*scene.truths[scene.truthOf[e]], *scene.estimates[e], window, hop);
    }
    for (std::int64_t t = 0; t < windows.count(); ++t) {
        if (anySilent(scene.truths, windows.begin(t), windows.end(t)) ||
            anySilent(scene.estimates, windows.begin(t), windows.end(t)))
            dropWindow(audible, t);
    }
    for (std::size_t e = 0; e < audible.size(); ++e)
        scores[scene.stemOf[e]] = std::move(audible[e]);
    return scores;
}

} // namespace headroom
