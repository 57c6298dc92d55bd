// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/scan.h"

#include <ATen/ATen.h>

#include <cmath>
#include <vector>

/// Random inputs of a scan, and its results in float64, computed from its definition.
struct ScanReference {
    headroom::CudaScanShape shape;
    headroom::CudaScanInputs inputs;
    at::Tensor gradY;

    // Results, float64:
    at::Tensor y;
    at::Tensor gated;      ///< y silu(z)
    at::Tensor states;     ///< after each chunk but the last
    at::Tensor gradTokens; ///< of x, B, C before the convolution
    at::Tensor gradConvWeight;
    at::Tensor gradConvBias;
    at::Tensor gradDt;
    at::Tensor gradALog;
    at::Tensor gradLogs; ///< parts of gradALog, by position
    at::Tensor gradD;

    /// @param backwardPass also computes the gradients
    ScanReference(std::int64_t rows, std::int64_t length, const headroom::CudaScanShape& scanShape,
                  bool backwardPass, std::int64_t taps = 4)
        : shape(scanShape) {
        const auto tokens = [&](std::int64_t columns) {
            return at::randn({rows, length, columns}).to(at::kBFloat16);
        };
        inputs.projected = tokens(shape.inner() + shape.convDim() + 16);
        inputs.convWeight = at::randn({shape.convDim(), 1, taps}) / std::sqrt(taps);
        inputs.convBias = at::randn({shape.convDim()}) / 4;
        // Half-lives of less than a position up to several chunks.
        inputs.dt = at::softplus(at::randn({rows, length, shape.heads}) - 3);
        inputs.aLog = at::rand({shape.heads}) * 4 - 2;
        inputs.d = at::randn({shape.heads});
        gradY = tokens(shape.inner());
        run(backwardPass);
        gated = y * at::silu(inputs.projected.slice(2, 0, shape.inner()).to(at::kDouble));
    }

    /// The inputs on Meta, or as they are.
    headroom::CudaScanInputs inputsOn(bool meta) const {
        const auto move = [&](const at::Tensor& x) { return meta ? x.to(at::kMeta) : x; };
        return {move(inputs.projected), move(inputs.convWeight), move(inputs.convBias), move(inputs.bc),
                move(inputs.dt),        move(inputs.aLog),       move(inputs.d)};
    }

private:
    /// x, B and C after convolution and silu.
    at::Tensor convolved(const at::Tensor& raw, const at::Tensor& weight, const at::Tensor& bias) const {
        const auto scanOrder = [&](const at::Tensor& x) { return shape.backward ? x.flip({-1}) : x; };
        const at::Tensor padded =
            at::constant_pad_nd(scanOrder(raw.transpose(1, 2)), {weight.size(2) - 1, 0});
        const at::Tensor sums =
            at::convolution(padded, weight, bias, {1}, {0}, {1}, false, {0}, shape.convDim());
        return scanOrder(at::silu(sums)).transpose(1, 2);
    }

    void run(bool backwardPass) {
        const auto leaf = [&](const at::Tensor& x) {
            return x.to(at::kDouble).contiguous().detach().clone().set_requires_grad(backwardPass);
        };
        const std::vector<at::Tensor> ofConvolution{
            leaf(inputs.projected.slice(2, shape.inner(), shape.inner() + shape.convDim())),
            leaf(inputs.convWeight), leaf(inputs.convBias)};
        const at::Tensor xbc = convolved(ofConvolution[0], ofConvolution[1], ofConvolution[2]);
        const at::Tensor rounded = xbc.detach().to(at::kBFloat16); // as the kernels do
        inputs.bc = rounded.slice(2, shape.inner()).contiguous();
        std::vector<at::Tensor> leaves;
        for (const at::Tensor& tensor : {rounded, inputs.dt, inputs.aLog, inputs.d})
            leaves.push_back(leaf(tensor));
        const at::Tensor& tokens = leaves[0];
        const at::Tensor& steps = leaves[1];
        const std::int64_t rows = xbc.size(0);
        const std::int64_t length = xbc.size(1);
        const at::Tensor x =
            tokens.slice(2, 0, shape.inner()).reshape({rows, length, shape.heads, shape.headdim});
        const at::Tensor b = tokens.slice(2, shape.inner(), shape.inner() + shape.state);
        const at::Tensor c = tokens.slice(2, shape.inner() + shape.state, shape.convDim());
        const at::Tensor logs = steps * -leaves[2].exp();
        if (backwardPass)
            logs.retain_grad();
        const at::Tensor decay = logs.exp();
        const at::Tensor added = x * steps.unsqueeze(-1);
        at::Tensor state = at::zeros({rows, shape.heads, shape.headdim, shape.state}, at::kDouble);
        std::vector<at::Tensor> outputs(static_cast<std::size_t>(length));
        std::vector<at::Tensor> kept;
        for (std::int64_t i = 0; i < length; ++i) {
            const std::int64_t t = shape.backward ? length - 1 - i : i;
            state = state * decay.select(1, t).unsqueeze(-1).unsqueeze(-1) +
                    added.select(1, t).unsqueeze(-1) * b.select(1, t).unsqueeze(1).unsqueeze(1);
            outputs[static_cast<std::size_t>(t)] = (state * c.select(1, t).unsqueeze(1).unsqueeze(1)).sum(-1);
            if ((i + 1) % headroom::CudaScanShape::chunkLength == 0 && i + 1 < length)
                kept.push_back(state.detach());
        }
        const at::Tensor result =
            (at::stack(outputs, 1) + x * leaves[3].unsqueeze(-1)).reshape({rows, length, shape.inner()});
        y = result.detach();
        if (!kept.empty())
            states = at::stack(kept, 2);
        if (!backwardPass)
            return;
        (result * gradY.to(at::kDouble)).sum().backward();
        xbc.backward(tokens.grad());
        gradTokens = ofConvolution[0].grad();
        gradConvWeight = ofConvolution[1].grad();
        gradConvBias = ofConvolution[2].grad();
        gradDt = steps.grad();
        gradLogs = logs.detach() * logs.grad();
        gradALog = leaves[2].grad();
        gradD = leaves[3].grad();
    }
};

/// Relative error of a sum of many numbers, which may cancel: against the sum of their magnitudes.
inline double relativeErrorOfSum(const at::Tensor& found, const at::Tensor& expected,
                                 const at::Tensor& numbers) {
    return ((found.to(at::kDouble) - expected).abs().sum() / numbers.abs().sum().clamp_min(1e-30))
        .item<double>();
}

/// Relative error, |found - expected| / |expected|. Not a number if one of the found numbers is not.
inline double relativeError(const at::Tensor& found, const at::Tensor& expected) {
    return ((found.to(at::kDouble) - expected).norm() / expected.norm().clamp_min(1e-30)).item<double>();
}
