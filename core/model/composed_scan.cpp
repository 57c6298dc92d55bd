#include "core/model/gated_scan.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr double normEps = 1e-5;
constexpr std::int64_t longestChunk = 128;

at::Tensor maskedExp(const at::Tensor& differences, const at::Tensor& outside) {
    // Masked before the exponential: behind the mask it overflows, and infinity times zero is no gradient.
    return differences.masked_fill(outside, -std::numeric_limits<double>::infinity()).exp();
}

/// exp(sums[i] - sums[j]) for i >= j, else 0: [..., n] to [..., n, n].
at::Tensor lowerDecays(const at::Tensor& sums) {
    const auto n = sums.size(-1);
    const at::Tensor outside = at::ones({n, n}, sums.options().dtype(at::kBool)).triu(1);
    return maskedExp(sums.unsqueeze(-1) - sums.unsqueeze(-2), outside);
}

/// The state before each chunk from what every chunk adds to it.
/// @param added [rows, H, chunks, N, P]
/// @param whole [rows, H, chunks], the sum of dt A over each chunk
at::Tensor statesBefore(const at::Tensor& added, const at::Tensor& whole) {
    const auto chunks = whole.size(-1);
    // From the end of chunk j to the start of chunk i > j: exp of the sums of chunks j + 1 ... i - 1.
    const at::Tensor sums = at::cumsum(whole, -1);
    const at::Tensor outside = at::ones({chunks, chunks}, whole.options().dtype(at::kBool)).triu();
    const at::Tensor decay = maskedExp((sums - whole).unsqueeze(-1) - sums.unsqueeze(-2), outside);
    return at::matmul(decay, added.flatten(-2)).view(added.sizes());
}

/// y_t = C_t h_t with h_t = exp(dt_t A) h_{t-1} + dt_t B_t x_t', in chunks.
/// @param x [rows, L, H, P], dt [rows, L, H], a [H], b and c [rows, L, N]
at::Tensor chunkedScan(const at::Tensor& x, const at::Tensor& dt, const at::Tensor& a, const at::Tensor& b,
                       const at::Tensor& c) {
    const auto rows = x.size(0);
    const auto length = x.size(1);
    const auto chunks = (length + longestChunk - 1) / longestChunk;
    const auto n = (length + chunks - 1) / chunks;
    const auto missing = chunks * n - length; // positions with dt 0 change nothing
    const at::Tensor steps = at::constant_pad_nd(dt, {0, 0, 0, missing})
                                 .view({rows, chunks, n, -1})
                                 .permute({0, 3, 1, 2}); // rows, H, chunks, n
    const at::Tensor inputs = at::constant_pad_nd(x, {0, 0, 0, 0, 0, missing})
                                  .view({rows, chunks, n, x.size(2), x.size(3)})
                                  .permute({0, 3, 1, 2, 4}); // rows, H, chunks, n, P
    const at::Tensor in = inputs * steps.unsqueeze(-1);
    const at::Tensor keys = at::constant_pad_nd(b, {0, 0, 0, missing}).view({rows, 1, chunks, n, -1});
    const at::Tensor queries = at::constant_pad_nd(c, {0, 0, 0, missing}).view({rows, 1, chunks, n, -1});

    const at::Tensor sums = at::cumsum(steps * a.view({1, -1, 1, 1}), -1);
    at::Tensor y = at::matmul(at::matmul(queries, keys.transpose(-1, -2)) * lowerDecays(sums), in);
    if (chunks > 1) {
        const at::Tensor whole = sums.select(-1, n - 1);
        const at::Tensor toEnd = (whole.unsqueeze(-1) - sums).exp().unsqueeze(-1);
        const at::Tensor added = at::matmul(keys.transpose(-1, -2), in * toEnd);
        y = y + at::matmul(queries, statesBefore(added, whole)) * sums.exp().unsqueeze(-1);
    }
    return y.permute({0, 2, 3, 1, 4}).reshape({rows, chunks * n, x.size(2), x.size(3)}).narrow(1, 0, length);
}

} // namespace

at::Tensor composedGatedScan(const at::Tensor& projected, const MixerShape& shape, const MixerParameters& p,
                             Direction direction) {
    if (direction == Direction::Backward)
        return at::flip(composedGatedScan(at::flip(projected, {1}), shape, p, Direction::Forward), {1});
    const auto dtype = projected.scalar_type();
    const auto master = p.aLog.scalar_type();
    const auto parts = at::split_with_sizes(projected, {shape.innerDim, shape.convDim(), shape.heads()}, -1);
    const at::Tensor padded = at::constant_pad_nd(parts[1].transpose(1, 2), {shape.dConv - 1, 0});
    const std::int64_t one = 1;
    const std::int64_t unpadded = 0;
    const at::Tensor sums =
        at::conv1d(padded, p.convWeight.to(dtype), p.convBias.to(dtype), one, unpadded, one, shape.convDim());
    const at::Tensor convolved = at::silu(sums).transpose(1, 2).to(master);
    const auto xbc = at::split_with_sizes(convolved, {shape.innerDim, shape.dState, shape.dState}, -1);
    const at::Tensor x = xbc[0].unflatten(-1, {shape.heads(), shape.headdim});
    const at::Tensor dt = at::softplus(parts[2].to(master) + p.dtBias);
    const at::Tensor y = chunkedScan(x, dt, -at::exp(p.aLog), xbc[1], xbc[2]) + p.d.unsqueeze(-1) * x;
    return rmsNormalized(y.flatten(2) * at::silu(parts[0].to(master)), normEps).to(dtype);
}

} // namespace headroom
