// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/projection.h"

#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t blockLength = 1 << 13; // spectra and sums fit the cache
constexpr std::int64_t groups = 8;            // groups of blocks, each summed by one thread

/// The Gram matrix of all delayed rows, [rows * lags, rows * lags], made of Toeplitz blocks.
/// @param correlations [rows, rows, lags]
at::Tensor gramMatrix(const at::Tensor& correlations) {
    const std::int64_t rows = correlations.size(0);
    const std::int64_t lags = correlations.size(2);
    // Lags -(lags - 1) ... lags - 1. A negative lag of (i, j) equals the positive lag of (j, i).
    const at::Tensor negative = correlations.transpose(0, 1).slice(2, 1).flip(2);
    const at::Tensor allLags = at::cat({negative, correlations}, 2);
    return allLags.unfold(2, lags, 1).flip(2).permute({0, 2, 1, 3}).reshape({rows * lags, rows * lags});
}

/// Solves by Cholesky if the matrix is numerically positive definite. With linearly dependent rows (left
/// equal to right) all solutions give the same projection, and LU or least squares finds one.
at::Tensor solveSymmetric(const at::Tensor& matrix, const at::Tensor& right) {
    const auto [factor, notPositive] = at::linalg_cholesky_ex(matrix);
    if (notPositive.item<int>() == 0)
        return at::cholesky_solve(right, factor);
    const auto [solution, singular] = at::linalg_solve_ex(matrix, right);
    if (singular.item<int>() == 0 && solution.isfinite().all().item<bool>())
        return solution;
    return std::get<0>(at::linalg_lstsq(matrix, right, std::nullopt, "gelsd"));
}

/// The sum of cross spectra conj(a_i) * b_j over blocks [firstBlock, lastBlock): [a, b, bins]. The block of b
/// starts lags - 1 frames before that of a.
at::Tensor crossSpectra(const Rows& a, const Rows& b, std::int64_t frames, std::int64_t lags,
                        std::int64_t firstBlock, std::int64_t lastBlock) {
    const at::NoGradGuard noGradients;
    const std::int64_t step = blockLength - (lags - 1);
    const std::int64_t rows = std::ssize(a) + std::ssize(b);
    at::Tensor sum = at::zeros({std::ssize(a), std::ssize(b), blockLength / 2 + 1}, at::kComplexDouble);
    at::Tensor signals = at::empty({rows, blockLength}, at::kDouble);
    double* out = signals.mutable_data_ptr<double>();
    for (std::int64_t block = firstBlock; block < lastBlock; ++block) {
        const std::int64_t begin = block * step;
        const std::int64_t end = std::min(begin + step, frames);
        signals.zero_();
        copyBlock(a, begin, end, out, blockLength);
        copyBlock(b, begin - (lags - 1), end, out + std::ssize(a) * blockLength, blockLength);
        const at::Tensor spectra = at::fft_rfft(signals);
        const at::Tensor left = spectra.slice(0, 0, std::ssize(a)).conj().resolve_conj();
        const at::Tensor right = spectra.slice(0, std::ssize(a));
        for (std::int64_t i = 0; i < std::ssize(a); ++i)
            sum[i].addcmul_(left[i], right);
    }
    return sum;
}

} // namespace

Rows rowsOf(const std::vector<const AudioBuffer*>& signals) {
    Rows rows;
    for (const AudioBuffer* signal : signals) {
        for (int c = 0; c < signal->channels(); ++c)
            rows.push_back(signal->channel(c));
    }
    return rows;
}

void copyBlock(const Rows& rows, std::int64_t begin, std::int64_t end, double* out, std::int64_t length) {
    for (const auto row : rows) {
        const std::int64_t first = std::max<std::int64_t>(begin, 0);
        const std::int64_t last = std::min(end, std::ssize(row));
        if (first < last)
            std::copy(row.begin() + first, row.begin() + last, out + (first - begin));
        out += length;
    }
}

at::Tensor correlate(const Rows& a, const Rows& b, std::int64_t frames, std::int64_t lags) {
    const std::int64_t step = blockLength - (lags - 1);
    const std::int64_t blocks = divideUp(frames, step);
    // One sum per group, so that the result does not depend on the number of threads.
    std::vector<at::Tensor> sums(groups);
    at::parallel_for(0, groups, 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t group = first; group < last; ++group)
            sums[group] =
                crossSpectra(a, b, frames, lags, group * blocks / groups, (group + 1) * blocks / groups);
    });
    // Index k of the inverse transform is lag (lags - 1) - k.
    return at::fft_irfft(at::stack(sums).sum(0), blockLength).slice(2, 0, lags).flip(2);
}

at::Tensor projectionFilters(const at::Tensor& truths, const at::Tensor& estimates) {
    const std::int64_t lags = truths.size(2);
    at::Tensor gram = gramMatrix(truths);
    gram.diagonal().add_(std::numeric_limits<double>::epsilon()); // as museval does
    const at::Tensor right = estimates.permute({1, 2, 0}).reshape({-1, estimates.size(0)});
    return solveSymmetric(gram, right).reshape({truths.size(0), lags, -1}).transpose(1, 2).contiguous();
}

} // namespace headroom
