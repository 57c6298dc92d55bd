// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/operator_scan.h"

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/convolution.h"
#include "core/kernels/cuda/gated_norm.h"
#include "core/kernels/cuda/time_steps.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>

#include <limits>
#include <utility>

namespace headroom {
namespace {

/// Chooses a chunk length with little padding and rows aligned to 16 bytes for tensor cores. Longer chunks
/// would make the triangles large, shorter chunks the number of states.
std::int64_t chunkLengthFor(std::int64_t length) {
    constexpr std::int64_t shortest = 64;
    constexpr std::int64_t longest = 128;
    constexpr std::int64_t multiple = 8;
    const auto padded = [&](std::int64_t n) { return roundUp(length, n); };
    if (length <= longest)
        return roundUp(length, multiple);
    std::int64_t best = shortest;
    for (std::int64_t n = shortest; n <= longest; n += multiple) {
        if (padded(n) < padded(best))
            best = n;
    }
    return best;
}

} // namespace

OperatorScan::OperatorScan(const at::Tensor& projected, const MixerShape& shape, const ScanSide& side,
                           ScanParts parts)
    : shape_(shape), side_(side), parts_(parts), isBackward_(side.direction == Direction::Backward),
      chunkLength_(chunkLengthFor(projected.size(1))), chunks_(divideUp(projected.size(1), chunkLength_)),
      projected_(projected), rate_(-at::exp(side.aLog)), d_(narrow(side.d).unsqueeze(-1)) {}

at::Tensor OperatorScan::readers(const at::Tensor& x, std::int64_t shift) const {
    return isBackward_ ? x.slice(1, 0, length() - shift) : x.slice(1, shift, length());
}

at::Tensor OperatorScan::sources(const at::Tensor& x, std::int64_t shift) const {
    return isBackward_ ? x.slice(1, shift, length()) : x.slice(1, 0, length() - shift);
}

at::Tensor OperatorScan::withoutPadding(const at::Tensor& x) const {
    return x.view({rows(), chunks_ * chunkLength_, -1}).slice(1, 0, length());
}

at::Tensor OperatorScan::byChunk(const at::Tensor& x) const {
    return x.view({rows() * chunks_, x.size(2), -1});
}

void OperatorScan::computeSums() {
    const at::Tensor source = columns(projected_, shape_.innerDim, shape_.convDim());
    const at::Tensor weight = narrow(side_.convWeight.squeeze(1)).transpose(0, 1); // [taps, C]
    sums_ = at::addcmul(narrow(side_.convBias), source, weight[shape_.dConv - 1]);
    for (std::int64_t shift = 1; shift < std::min(shape_.dConv, length()); ++shift)
        readers(sums_, shift).addcmul_(sources(source, shift), weight[shape_.dConv - 1 - shift]);
}

void OperatorScan::convolve() {
    if (!usesKernels())
        computeSums();
    const auto padded = chunks_ * chunkLength_;
    xbc_ = at::empty({rows(), padded, shape_.convDim()}, projected_.options());
    at::Tensor real = xbc_.slice(1, 0, length());
    if (usesKernels())
        convolveForward(projected_, shape_.innerDim, side_.convWeight, side_.convBias, real, isBackward_);
    else
        at::silu_out(real, sums_);
    xbc_.slice(1, length(), padded).zero_();
    xbc_ = xbc_.view({rows(), chunks_, chunkLength_, shape_.convDim()});
    x_ = columns(xbc_, 0, shape_.innerDim)
             .view({rows(), chunks_, chunkLength_, shape_.heads(), shape_.headdim});
    b_ = columns(xbc_, shape_.innerDim, shape_.dState).flatten(0, 1);
    c_ = columns(xbc_, shape_.innerDim + shape_.dState, shape_.dState).flatten(0, 1);
}

void OperatorScan::computeTimeSteps() {
    const auto padded = chunks_ * chunkLength_;
    if (!usesKernels())
        raw_ = wide(columns(projected_, firstTimeStep(), shape_.heads())) + side_.dtBias;
    const at::Tensor steps = at::zeros({rows(), padded, shape_.heads()}, rate_.options());
    const at::Tensor real = steps.slice(1, 0, length());
    if (usesKernels())
        timeStepsForward(projected_, firstTimeStep(), side_.dtBias, real);
    else
        real.copy_(at::softplus(raw_));
    dt_ = steps.view({rows(), chunks_, chunkLength_, -1}).transpose(2, 3).contiguous();
    const at::Tensor logs = dt_ * rate_.unsqueeze(-1);
    const at::Tensor sums = at::cumsum(logs, -1);
    last_ = columns(sums, chunkLength_ - 1, 1);
    position_ = isBackward_ ? logs - sums : sums;
}

at::Tensor OperatorScan::products() const {
    return at::bmm(c_, b_.transpose(1, 2));
}

at::Tensor OperatorScan::scores() const {
    return wide(products()).view({rows(), chunks_, 1, chunkLength_, chunkLength_});
}

at::Tensor OperatorScan::decays() const {
    const at::Tensor all = at::ones({chunkLength_, chunkLength_}, dt_.options().dtype(at::kBool));
    const at::Tensor outside = isBackward_ ? all.tril(-1) : all.triu(1);
    // Masked before the exponential, which would overflow outside the triangle.
    return (position_.unsqueeze(-1) - position_.unsqueeze(-2))
        .masked_fill_(outside, -std::numeric_limits<double>::infinity())
        .exp_();
}

at::Tensor OperatorScan::fromEntry() const {
    return (isBackward_ ? position_ + last_ : position_).exp();
}

at::Tensor OperatorScan::toEnd() const {
    return (isBackward_ ? -position_ : last_ - position_).exp();
}

at::Tensor OperatorScan::byToken(const at::Tensor& factor) const {
    return narrow(factor.transpose(2, 3)).unsqueeze(-1);
}

at::Tensor OperatorScan::transfer() const {
    if (usesKernels())
        return transferForward(transferInputs(products()));
    return narrow(decays().mul_(scores()).mul_(dt_.unsqueeze(-2)));
}

void OperatorScan::passStates() {
    if (chunks_ == 1)
        return;
    const at::Tensor weighted = x_ * byToken(dt_ * toEnd());
    const at::Tensor added = at::bmm(b_.transpose(1, 2), byChunk(weighted))
                                 .view({rows(), chunks_, shape_.dState, shape_.heads(), shape_.headdim});
    states_ = at::empty(added.sizes(), dt_.options());
    states_.select(1, chunkAt(0)).zero_();
    const at::Tensor left = whole().unsqueeze(2); // [R, K, 1, H, 1]
    for (std::int64_t i = 1; i < chunks_; ++i) {
        const auto before = chunkAt(i - 1);
        at::Tensor state = states_.select(1, chunkAt(i));
        at::addcmul_out(state, wide(added.select(1, before)), states_.select(1, before),
                        left.select(1, before));
    }
}

at::Tensor OperatorScan::readStates() const {
    if (chunks_ == 1)
        return {};
    return at::bmm(c_, byChunk(narrow(states_)))
        .view({rows(), chunks_, chunkLength_, shape_.heads(), shape_.headdim});
}

at::Tensor OperatorScan::output(at::Tensor transfer, const at::Tensor& read) const {
    const at::Tensor within = at::matmul(std::exchange(transfer, {}), x_.transpose(2, 3)); // [R, K, H, n, P]
    at::Tensor y = x_ * d_;
    y.add_(within.transpose(2, 3));
    return read.defined() ? y.addcmul_(read, byToken(fromEntry())) : y;
}

at::Tensor OperatorScan::forward() {
    convolve();
    sums_.reset();
    computeTimeSteps();
    at::Tensor y;
    {
        at::Tensor ofChunks = transfer();
        passStates();
        y = output(std::move(ofChunks), readStates());
    }
    states_.reset();
    for (at::Tensor* tensor : {&xbc_, &x_, &b_, &c_})
        tensor->reset();
    return gated(y);
}

at::Tensor OperatorScan::gated(const at::Tensor& y) const {
    if (usesKernels())
        return gatedNormForward(withoutPadding(y), projected_);
    const at::Tensor z = wide(columns(projected_, 0, shape_.innerDim));
    at::Tensor all = at::silu(z);
    all.mul_(wide(withoutPadding(y)));
    const at::Tensor squares = at::linalg_vector_norm(all, 2, -1, /*keepdim=*/true).square_();
    return narrow(all.mul_(squares.div_(shape_.innerDim).add_(gatedNormEps).rsqrt_()));
}

} // namespace headroom
