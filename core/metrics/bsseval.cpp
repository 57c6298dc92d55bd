#include "core/metrics/bsseval.h"

#include "core/metrics/projection.h"
#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"
#include "core/support/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t filterTaps = 512;
constexpr std::int64_t windowsAtOnce = 4;

/// The sources that take part: every reference that sounds, and of these the estimates that do.
struct Scene {
    std::vector<const AudioBuffer*> references;
    std::vector<const AudioBuffer*> estimates;
    std::vector<std::int64_t> referenceOf; ///< by estimate: which of `references` it estimates
    std::vector<std::size_t> sourceOf;     ///< by estimate: which of the caller's sources it is
    std::int64_t channels = 0;
    std::int64_t frames = 0;
};

Scene sceneOf(std::span<const AudioBuffer> references, std::span<const AudioBuffer> estimates) {
    if (references.size() != estimates.size())
        throw Error(ErrorKind::Input, "there must be as many estimates as references");
    Scene scene;
    for (std::size_t source = 0; source < references.size(); ++source) {
        const AudioBuffer& reference = references[source];
        const AudioBuffer& estimate = estimates[source];
        if (reference.channels() != references[0].channels() ||
            reference.frames() != references[0].frames() || estimate.channels() != reference.channels())
            throw Error(ErrorKind::Input, "sources scored together must agree in channels and length");
        if (isSilent(reference, 0, reference.frames()))
            continue;
        scene.channels = reference.channels();
        scene.frames = reference.frames();
        scene.references.push_back(&reference);
        if (isSilent(estimate, 0, reference.frames()))
            continue;
        scene.estimates.push_back(&estimate);
        scene.referenceOf.push_back(std::ssize(scene.references) - 1);
        scene.sourceOf.push_back(source);
    }
    return scene;
}

/// The rows of one source or estimate along a dimension.
at::Tensor rowsOfSource(const at::Tensor& tensor, std::int64_t dimension, std::int64_t source,
                        std::int64_t channels) {
    return tensor.slice(dimension, source * channels, (source + 1) * channels);
}

/// Filters from all references, and for each estimate those from its own reference alone.
struct Filters {
    at::Tensor all;              ///< [refs, ests, taps], rows are channels
    std::vector<at::Tensor> own; ///< by estimate: [channels, channels, taps]
};

Filters filtersOf(const Scene& scene) {
    auto both = scene.references;
    both.insert(both.end(), scene.estimates.begin(), scene.estimates.end());
    const Rows references = rowsOf(scene.references);
    const at::Tensor products = correlate(rowsOf(both), references, scene.frames, filterTaps);
    const at::Tensor among = products.slice(0, 0, std::ssize(references));
    const at::Tensor across = products.slice(0, std::ssize(references));

    Filters filters{projectionFilters(among, across), {}};
    for (std::int64_t e = 0; e < std::ssize(scene.estimates); ++e) {
        if (scene.references.size() == 1) {
            filters.own.push_back(filters.all);
            continue;
        }
        const std::int64_t source = scene.referenceOf[e];
        const at::Tensor amongOwn =
            rowsOfSource(rowsOfSource(among, 0, source, scene.channels), 1, source, scene.channels);
        const at::Tensor acrossOwn =
            rowsOfSource(rowsOfSource(across, 0, e, scene.channels), 1, source, scene.channels);
        filters.own.push_back(projectionFilters(amongOwn, acrossOwn));
    }
    return filters;
}

/// The smallest even number from n on without a prime factor above 5: a length that transforms fast.
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

/// The spectra of the windows [first, last) of these sounds: [windows, rows, bins].
at::Tensor windowSpectra(const std::vector<const AudioBuffer*>& sounds, const ScoreWindows& windows,
                         std::int64_t first, std::int64_t last, std::int64_t length) {
    std::vector<at::Tensor> blocks;
    for (std::int64_t t = first; t < last; ++t)
        blocks.push_back(blockOf(rowsOf(sounds), windows.begin(t), length, windows.end(t)));
    return at::fft_rfft(at::stack(blocks));
}

/// What the filters make of these windows: [windows, outputs, bins].
/// @param windows [windows, rows, bins]  @param filters [rows, outputs, bins]
at::Tensor filtered(const at::Tensor& windows, const at::Tensor& filters) {
    at::Tensor sum = at::zeros({windows.size(0), filters.size(1), windows.size(2)}, windows.options());
    for (std::int64_t out = 0; out < filters.size(1); ++out) {
        for (std::int64_t row = 0; row < filters.size(0); ++row)
            sum.select(1, out).addcmul_(windows.select(1, row), filters.select(0, row).select(0, out));
    }
    return sum;
}

/// The energy of each window of these spectra of real signals, by Parseval's theorem, up to a common factor.
at::Tensor energy(const at::Tensor& spectra) {
    const at::Tensor squares = at::view_as_real(spectra).square();
    const std::int64_t bins = squares.size(2);
    const at::Tensor unpaired = squares.select(2, 0) + squares.select(2, bins - 1);
    return 2 * squares.sum({1, 2, 3}) - unpaired.sum({1, 2});
}

/// Appends 10 log10(signal / distortion) of each window.
void appendDecibels(std::vector<double>& scores, const at::Tensor& signal, const at::Tensor& distortion) {
    for (std::int64_t t = 0; t < signal.size(0); ++t) {
        const double below = distortion[t].item<double>();
        scores.push_back(below == 0 ? std::numeric_limits<double>::infinity()
                                    : 10 * std::log10(signal[t].item<double>() / below));
    }
}

/// ISR, SIR and SAR of every estimate in every window, silent ones included.
std::vector<BssScores> projectedScores(const Scene& scene, const ScoreWindows& windows) {
    const Filters filters = filtersOf(scene);
    const std::int64_t length = fastLength(windows.length() + filterTaps - 1);
    const at::Tensor all = at::fft_rfft(filters.all, length);
    std::vector<at::Tensor> own;
    for (const at::Tensor& filter : filters.own)
        own.push_back(at::fft_rfft(filter, length));

    std::vector<BssScores> scores(scene.estimates.size());
    for (std::int64_t first = 0; first < windows.count(); first += windowsAtOnce) {
        const std::int64_t last = std::min(first + windowsAtOnce, windows.count());
        const at::Tensor references = windowSpectra(scene.references, windows, first, last, length);
        const at::Tensor estimates = windowSpectra(scene.estimates, windows, first, last, length);
        for (std::int64_t e = 0; e < std::ssize(scores); ++e) {
            const at::Tensor truth = rowsOfSource(references, 1, scene.referenceOf[e], scene.channels);
            const at::Tensor estimate = rowsOfSource(estimates, 1, e, scene.channels);
            const at::Tensor byOwn = filtered(truth, own[e]);
            const at::Tensor byAll = scene.references.size() == 1
                                         ? byOwn
                                         : filtered(references, rowsOfSource(all, 1, e, scene.channels));
            appendDecibels(scores[e].isr, energy(truth), energy(byOwn - truth));
            appendDecibels(scores[e].sir, energy(byOwn), energy(byAll - byOwn));
            appendDecibels(scores[e].sar, energy(byAll), energy(estimate - byAll));
        }
    }
    return scores;
}

bool anySilent(const std::vector<const AudioBuffer*>& sounds, std::int64_t begin, std::int64_t end) {
    return std::any_of(sounds.begin(), sounds.end(),
                       [&](const AudioBuffer* sound) { return isSilent(*sound, begin, end); });
}

void dropWindow(std::vector<BssScores>& scores, std::int64_t window) {
    for (BssScores& source : scores) {
        for (auto* row : {&source.sdr, &source.isr, &source.sir, &source.sar})
            (*row)[window] = std::numeric_limits<double>::quiet_NaN();
    }
}

} // namespace

std::vector<BssScores> bssEval(std::span<const AudioBuffer> references,
                               std::span<const AudioBuffer> estimates, std::int64_t window,
                               std::int64_t hop) {
    std::vector<BssScores> scores(references.size());
    const Scene scene = sceneOf(references, estimates);
    if (scene.estimates.empty())
        return scores;

    const at::NoGradGuard noGradients;
    const ScoreWindows windows(scene.frames, window, hop);
    std::vector<BssScores> sounding = projectedScores(scene, windows);
    for (std::size_t e = 0; e < sounding.size(); ++e) {
        sounding[e].sdr =
            windowSdr(*scene.references[scene.referenceOf[e]], *scene.estimates[e], window, hop);
    }
    for (std::int64_t t = 0; t < windows.count(); ++t) {
        if (anySilent(scene.references, windows.begin(t), windows.end(t)) ||
            anySilent(scene.estimates, windows.begin(t), windows.end(t)))
            dropWindow(sounding, t);
    }
    for (std::size_t e = 0; e < sounding.size(); ++e)
        scores[scene.sourceOf[e]] = std::move(sounding[e]);
    return scores;
}

} // namespace headroom
