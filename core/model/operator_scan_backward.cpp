// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/convolution.h"
#include "core/kernels/cuda/gated_norm.h"
#include "core/kernels/cuda/time_steps.h"
#include "core/model/operator_scan.h"
#include "core/model/recomputation.h"

#include <ATen/ATen.h>

#include <utility>

namespace headroom {
namespace {

/// The sum over all but the last dimension, as a product, which needs no scratch memory.
at::Tensor sumOfTokens(const at::Tensor& values) {
    const at::Tensor rows = values.reshape({-1, values.size(-1)});
    return at::mm(at::ones({1, rows.size(0)}, rows.options()), rows).squeeze(0);
}

/// Reverse cumulative sum over the last dimension.
at::Tensor sumsFromEnd(const at::Tensor& values) {
    return at::flip(at::cumsum(at::flip(values, {-1}), -1), {-1});
}

} // namespace

std::vector<at::Tensor> OperatorScan::backward(at::Tensor gradOut, const at::Tensor& gradProjected,
                                               const UseOutput& useOutput) {
    at::Tensor read;
    at::Tensor score;
    at::Tensor decay;
    at::Tensor y;
    {
        const Recomputation again;
        convolve();
        computeTimeSteps();
        passStates();
        read = readStates();
        if (usesKernels()) {
            score = products();
            y = output(transferForward(transferInputs(score)), read);
        } else {
            score = scores();
            decay = decays();
            y = output(narrow((decay * score).mul_(dt_.unsqueeze(-2))), read);
        }
    }
    Gradients gradients;
    backwardOfGate(gradOut, std::exchange(y, {}), gradProjected, useOutput, gradients);
    gradOut.reset();
    backwardWithinChunks(decay, score, gradients);
    decay.reset();
    gradients.last = at::zeros_like(last_);
    if (chunks_ > 1)
        backwardOfStates(read, gradients);
    gradients.y.reset();
    states_.reset();

    const auto steps = backwardOfTimeSteps(gradProjected, gradients);
    const auto convolution = backwardOfConvolution(withoutPadding(gradients.xbc), gradProjected);
    return {convolution[0], convolution[1], steps[0], steps[1], gradients.d};
}

void OperatorScan::backwardOfGate(const at::Tensor& gradOut, const at::Tensor& y,
                                  const at::Tensor& gradProjected, const UseOutput& useOutput,
                                  Gradients& gradients) const {
    if (usesKernels()) {
        // Padding has y = 0, because its C is 0, and keeps it as its gradient.
        const at::Tensor tokens = withoutPadding(y);
        gatedNormBackward(tokens, projected_, gradOut, /*r=*/useOutput ? gradOut : at::Tensor(), tokens,
                          gradProjected);
        if (useOutput)
            useOutput(gradOut);
        gradients.y = y;
        return;
    }
    const at::Tensor real = wide(withoutPadding(y)); // [R, L, D]
    const at::Tensor z = wide(columns(projected_, 0, shape_.innerDim));
    const at::Tensor gate = at::silu(z);
    // Gradient of r = s g with s = 1 / rms(g): s (gradient - r mean(r gradient)).
    at::Tensor r = gate * real;
    const at::Tensor squares = at::linalg_vector_norm(r, 2, -1, /*keepdim=*/true).square_();
    const at::Tensor scale = squares.div_(shape_.innerDim).add_(gatedNormEps).rsqrt_();
    r.mul_(scale);
    const at::Tensor gradient = wide(gradOut);
    const at::Tensor along = (r * gradient).mean(-1, /*keepdim=*/true);
    if (useOutput)
        useOutput(narrow(r));
    at::Tensor gradGated = r.mul_(along).neg_().add_(gradient).mul_(scale);
    const at::Tensor gradY = at::zeros(y.sizes(), y.options()); // stays zero for padding
    withoutPadding(gradY).copy_(gate.mul_(gradGated));
    gradients.y = gradY;
    columns(gradProjected, 0, shape_.innerDim).copy_(at::silu_backward(gradGated.mul_(real), z));
}

void OperatorScan::backwardWithinChunks(const at::Tensor& decays, const at::Tensor& scores,
                                        Gradients& gradients) const {
    const at::Tensor gradOfHeads = gradients.y.transpose(2, 3).contiguous(); // [R, K, H, n, P]
    at::Tensor transfer = at::matmul(gradOfHeads, x_.permute({0, 1, 3, 4, 2}));
    const at::Tensor gradScores = backwardOfTransfer(decays, scores, transfer, gradients);
    gradients.xbc = at::empty_like(xbc_);
    at::Tensor gradX =
        columns(gradients.xbc, 0, shape_.innerDim).view({rows(), chunks_, chunkLength_, -1, shape_.headdim});
    at::mul_out(gradX, gradients.y, d_);
    gradX.add_(at::matmul(std::exchange(transfer, {}).transpose(-1, -2), gradOfHeads).transpose(2, 3));
    const at::Tensor gradB = at::bmm(gradScores.transpose(1, 2), c_);
    const at::Tensor gradC = at::bmm(gradScores, b_);
    columns(gradients.xbc, shape_.innerDim, shape_.dState)
        .copy_(gradB.view({rows(), chunks_, chunkLength_, -1}));
    columns(gradients.xbc, shape_.innerDim + shape_.dState, shape_.dState)
        .copy_(gradC.view({rows(), chunks_, chunkLength_, -1}));
    gradients.d = wide(sumOfTokens((gradients.y * x_).sum(-1)));
}

at::Tensor OperatorScan::backwardOfTransfer(const at::Tensor& decays, const at::Tensor& scores,
                                            at::Tensor& transfer, Gradients& gradients) const {
    if (usesKernels()) {
        TransferGradients found = transferBackward(transferInputs(scores), transfer);
        gradients.position = found.positions;
        gradients.dt = found.steps;
        return found.scores;
    }
    const at::Tensor steps = dt_.unsqueeze(-2);
    at::Tensor gradScores;
    {
        // m[i][j] = scores[i][j] decay[i][j] dt[j].
        at::Tensor gradient = wide(std::exchange(transfer, {})).mul_(decays);
        gradScores = (gradient * steps).sum(2).flatten(0, 1); // [R K, n, n]
        gradient.mul_(scores);
        // The diagonal has no decay, so it contributes nothing to the positions. Adding and subtracting the
        // same term would leave a rounding error.
        at::Tensor diagonal = gradient.diagonal(0, -2, -1);
        const at::Tensor undecayed = diagonal.clone();
        diagonal.zero_();
        const at::Tensor sums = gradient.sum(-2);
        gradients.position = gradient.mul_(steps).sum(-1).sub_(sums * dt_);
        gradients.dt = sums + undecayed;
    }
    transfer = narrow(decays.mul_(scores).mul_(steps));
    return narrow(gradScores);
}

void OperatorScan::backwardOfStates(const at::Tensor& read, Gradients& gradients) const {
    // The part of y that comes from the state before the chunk.
    const at::Tensor weighted = gradients.y * byToken(fromEntry());
    const at::Tensor gradPosition = wide((weighted * read).sum(-1)).transpose(2, 3);
    gradients.position.add_(gradPosition);
    if (isBackward_)
        gradients.last.add_(gradPosition.sum(-1, /*keepdim=*/true));
    const at::Tensor flat = byChunk(weighted); // [R K, n, D]
    const at::Tensor states = byChunk(narrow(states_));
    columns(gradients.xbc, shape_.innerDim + shape_.dState, shape_.dState)
        .add_(at::bmm(flat, states.transpose(1, 2)).view({rows(), chunks_, chunkLength_, -1}));
    at::Tensor gradAdded = wide(at::bmm(c_.transpose(1, 2), flat)).view(states_.sizes());

    // From the last state to the first: replaces each gradient by that of the chunk's contribution to the
    // state.
    const at::Tensor left = whole().unsqueeze(2); // [R, K, 1, H, 1]
    at::Tensor gradNext = at::zeros_like(gradAdded.select(1, 0));
    for (std::int64_t i = chunks_ - 1; i >= 0; --i) {
        const auto chunk = chunkAt(i);
        at::Tensor place = gradAdded.select(1, chunk);
        const at::Tensor kept = gradNext * left.select(1, chunk);
        gradients.last.select(1, chunk).add_((kept * states_.select(1, chunk)).sum(-1).sum(1).unsqueeze(-1));
        const at::Tensor whole = kept.add_(place);
        place.copy_(gradNext);
        gradNext = whole;
    }
    backwardOfAdded(byChunk(narrow(gradAdded)), gradients);
}

void OperatorScan::backwardOfAdded(const at::Tensor& gradAdded, Gradients& gradients) const {
    const at::Tensor decay = toEnd();
    const at::Tensor factor = dt_ * decay;
    const at::Tensor weighted = x_ * byToken(factor);
    columns(gradients.xbc, shape_.innerDim, shape_.dState)
        .add_(
            at::bmm(byChunk(weighted), gradAdded.transpose(1, 2)).view({rows(), chunks_, chunkLength_, -1}));
    const at::Tensor gradWeighted = at::bmm(b_, gradAdded).view(weighted.sizes());
    columns(gradients.xbc, 0, shape_.innerDim)
        .view({rows(), chunks_, chunkLength_, -1, shape_.headdim})
        .addcmul_(gradWeighted, byToken(factor));
    const at::Tensor gradFactor = wide((gradWeighted * x_).sum(-1)).transpose(2, 3);
    gradients.dt.addcmul_(gradFactor, decay);
    const at::Tensor gradDecay = gradFactor * factor;
    gradients.position.sub_(gradDecay);
    if (!isBackward_)
        gradients.last.add_(gradDecay.sum(-1, /*keepdim=*/true));
}

std::vector<at::Tensor> OperatorScan::backwardOfTimeSteps(const at::Tensor& gradProjected,
                                                          const Gradients& gradients) const {
    // position_ is the cumulative sum of the logs, or the negated exclusive sum in a backward scan; last_ is
    // the total.
    at::Tensor gradSums = isBackward_ ? -gradients.position : gradients.position;
    columns(gradSums, chunkLength_ - 1, 1).add_(gradients.last);
    at::Tensor gradLogs = sumsFromEnd(gradSums);
    if (isBackward_)
        gradLogs.add_(gradients.position);
    const at::Tensor gradDt = at::addcmul(gradients.dt, gradLogs, rate_.unsqueeze(-1));
    const at::Tensor gradRate = sumOfTokens((gradLogs * dt_).transpose(2, 3));
    const at::Tensor gradSteps = gradDt.transpose(2, 3);
    if (usesKernels())
        return {timeStepsBackward(projected_, firstTimeStep(), side_.dtBias,
                                  withoutPadding(gradSteps.contiguous()), gradProjected),
                gradRate * rate_};
    const at::Tensor steps = gradSteps.flatten(1, 2).slice(1, 0, length()) * at::sigmoid(raw_);
    columns(gradProjected, firstTimeStep(), shape_.heads()).copy_(steps);
    return {sumOfTokens(steps), gradRate * rate_};
}

std::vector<at::Tensor> OperatorScan::backwardOfConvolution(const at::Tensor& gradXbc,
                                                            const at::Tensor& gradProjected) const {
    if (usesKernels()) {
        const auto [weight, bias] = convolveBackward(projected_, shape_.innerDim, side_.convWeight,
                                                     side_.convBias, gradXbc, gradProjected, isBackward_);
        return {weight, bias};
    }
    const at::Tensor gradSource = columns(gradProjected, shape_.innerDim, shape_.convDim());
    const at::Tensor source = columns(projected_, shape_.innerDim, shape_.convDim());
    const at::Tensor weight = narrow(side_.convWeight.squeeze(1)).transpose(0, 1); // [taps, C]
    const at::Tensor gradSums = at::silu_backward(gradXbc, sums_);
    const at::Tensor gradWeight = at::zeros({shape_.convDim(), shape_.dConv}, rate_.options());
    at::Tensor target = gradSource;
    at::mul_out(target, gradSums, weight[shape_.dConv - 1]);
    for (std::int64_t shift = 0; shift < std::min(shape_.dConv, length()); ++shift) {
        const auto tap = shape_.dConv - 1 - shift;
        const at::Tensor gradient = readers(gradSums, shift);
        if (shift > 0)
            sources(gradSource, shift).addcmul_(gradient, weight[tap]);
        gradWeight.select(1, tap).copy_(sumOfTokens(sources(source, shift) * gradient));
    }
    return {gradWeight.unsqueeze(1), wide(sumOfTokens(gradSums))};
}

} // namespace headroom
