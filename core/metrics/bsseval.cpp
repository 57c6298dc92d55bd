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
    at::Tensor all;              ///< [refs, ests, taps or bins], rows are channels
    std::vector<at::Tensor> own; ///< by estimate: [channels, channels, taps or bins]
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

Filters spectraOf(const Filters& filters, std::int64_t length) {
    Filters spectra{at::fft_rfft(filters.all, length), {}};
    for (const at::Tensor& own : filters.own)
        spectra.own.push_back(at::fft_rfft(own, length));
    return spectra;
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

/// What the filters make of a window: [outputs, bins].
/// @param window [rows, bins]  @param filters [rows, outputs, bins]
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
/// @param references, estimates  spectra of the window [rows, bins]
void scoreWindow(const Scene& scene, const Filters& filters, const at::Tensor& references,
                 const at::Tensor& estimates, std::int64_t window, std::vector<BssScores>& scores) {
    for (std::int64_t e = 0; e < std::ssize(scores); ++e) {
        const at::Tensor truth = rowsOfSource(references, 0, scene.referenceOf[e], scene.channels);
        const at::Tensor byOwn = filtered(truth, filters.own[e]);
        const at::Tensor byAll = scene.references.size() == 1
                                     ? byOwn
                                     : filtered(references, rowsOfSource(filters.all, 1, e, scene.channels));
        const at::Tensor estimate = rowsOfSource(estimates, 0, e, scene.channels);
        scores[e].isr[window] = decibels(energy(truth), energy(byOwn - truth));
        scores[e].sir[window] = decibels(energy(byOwn), energy(byAll - byOwn));
        scores[e].sar[window] = decibels(energy(byAll), energy(estimate - byAll));
    }
}

/// ISR, SIR and SAR of every estimate in every window, silent ones included.
std::vector<BssScores> projectedScores(const Scene& scene, const ScoreWindows& windows) {
    const std::int64_t length = fastLength(windows.length() + filterTaps - 1);
    const Filters filters = spectraOf(filtersOf(scene), length);
    const Rows references = rowsOf(scene.references);
    const Rows estimates = rowsOf(scene.estimates);
    const std::int64_t rows = std::ssize(references) + std::ssize(estimates);
    const std::vector<double> none(static_cast<std::size_t>(windows.count()));
    std::vector<BssScores> scores(scene.estimates.size(), BssScores{none, none, none, none});

    at::parallel_for(0, windows.count(), 1, [&](std::int64_t first, std::int64_t last) {
        const at::NoGradGuard noGradients;
        at::Tensor signals = at::zeros({rows, length}, at::kDouble);
        double* out = signals.mutable_data_ptr<double>();
        for (std::int64_t t = first; t < last; ++t) {
            signals.zero_();
            copyBlock(references, windows.begin(t), windows.end(t), out, length);
            copyBlock(estimates, windows.begin(t), windows.end(t), out + std::ssize(references) * length,
                      length);
            const at::Tensor spectra = at::fft_rfft(signals);
            scoreWindow(scene, filters, spectra.slice(0, 0, std::ssize(references)),
                        spectra.slice(0, std::ssize(references)), t, scores);
        }
    });
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
