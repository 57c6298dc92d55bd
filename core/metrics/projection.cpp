#include "core/metrics/projection.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t blockLength = 1 << 15; // a transform that stays in the cache
constexpr std::int64_t blocksAtOnce = 8;

/// The Gram matrix of all delayed references, [refs * lags, refs * lags]: Toeplitz blocks.
at::Tensor gramMatrix(const at::Tensor& correlations) {
    const std::int64_t references = correlations.size(0);
    const std::int64_t lags = correlations.size(2);
    // Lags -(lags - 1) ... lags - 1; the negative ones are the positive ones of the swapped pair.
    const at::Tensor negative = correlations.transpose(0, 1).slice(2, 1).flip(2);
    const at::Tensor bothWays = at::cat({negative, correlations}, 2);
    return bothWays.unfold(2, lags, 1)
        .flip(2)
        .permute({0, 2, 1, 3})
        .reshape({references * lags, references * lags});
}

/// Cholesky where rounding leaves the matrix positive definite. Where references depend on each other (left
/// equal to right) every solution projects alike, and LU or least squares gives one.
at::Tensor solveSymmetric(const at::Tensor& matrix, const at::Tensor& right) {
    const auto [factor, notPositive] = at::linalg_cholesky_ex(matrix);
    if (notPositive.item<int>() == 0)
        return at::cholesky_solve(right, factor);
    const auto [solution, singular] = at::linalg_solve_ex(matrix, right);
    if (singular.item<int>() == 0 && solution.isfinite().all().item<bool>())
        return solution;
    return std::get<0>(at::linalg_lstsq(matrix, right, std::nullopt, "gelsd"));
}

} // namespace

Rows rowsOf(const std::vector<const AudioBuffer*>& sounds) {
    Rows rows;
    for (const AudioBuffer* sound : sounds) {
        for (int c = 0; c < sound->channels(); ++c)
            rows.push_back(sound->channel(c));
    }
    return rows;
}

at::Tensor blockOf(const Rows& rows, std::int64_t begin, std::int64_t length, std::int64_t end) {
    at::Tensor block = at::zeros({std::ssize(rows), length}, at::kDouble);
    double* out = block.mutable_data_ptr<double>();
    for (const auto row : rows) {
        const std::int64_t first = std::max<std::int64_t>(begin, 0);
        const std::int64_t last = std::min({begin + length, end, std::ssize(row)});
        if (first < last)
            std::copy(row.begin() + first, row.begin() + last, out + (first - begin));
        out += length;
    }
    return block;
}

at::Tensor correlate(const Rows& a, const Rows& b, std::int64_t frames, std::int64_t lags) {
    const std::int64_t step = blockLength - (lags - 1);
    at::Tensor spectra = at::zeros({blockLength / 2 + 1, std::ssize(a), std::ssize(b)}, at::kComplexDouble);
    for (std::int64_t begin = 0; begin < frames;) {
        std::vector<at::Tensor> blocks;
        std::vector<at::Tensor> delayed;
        for (; begin < frames && std::ssize(blocks) < blocksAtOnce; begin += step) {
            const std::int64_t end = std::min(begin + step, frames);
            blocks.push_back(blockOf(a, begin, blockLength, end));
            delayed.push_back(blockOf(b, begin - (lags - 1), blockLength, end));
        }
        const at::Tensor left = at::fft_rfft(at::stack(blocks)).permute({2, 1, 0}).conj();
        const at::Tensor right = at::fft_rfft(at::stack(delayed)).permute({2, 0, 1});
        spectra.baddbmm_(left, right);
    }
    // Place k of a block's correlation is lag (lags - 1) - k.
    return at::fft_irfft(spectra.permute({1, 2, 0}).contiguous(), blockLength).slice(2, 0, lags).flip(2);
}

at::Tensor projectionFilters(const at::Tensor& references, const at::Tensor& estimates) {
    const std::int64_t lags = references.size(2);
    at::Tensor gram = gramMatrix(references);
    gram.diagonal().add_(std::numeric_limits<double>::epsilon()); // as museval does
    const at::Tensor right = estimates.permute({1, 2, 0}).reshape({-1, estimates.size(0)});
    return solveSymmetric(gram, right).reshape({references.size(0), lags, -1}).transpose(1, 2).contiguous();
}

} // namespace headroom
