// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/adafactor.h"

#include "core/model/parameters.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>
#include <limits>

namespace headroom {
namespace {

/// Machine epsilon of the dtype.
double epsilon(at::ScalarType type) {
    return type == at::kDouble ? std::numeric_limits<double>::epsilon()
                               : std::numeric_limits<float>::epsilon();
}

at::Tensor rootMeanSquare(const at::Tensor& tensor) {
    return at::linalg_vector_norm(tensor).div_(std::sqrt(static_cast<double>(tensor.numel())));
}

/// Mean of squares along one dimension, which is kept with size 1.
at::Tensor meanSquare(const at::Tensor& tensor, std::int64_t dimension) {
    return at::linalg_vector_norm(tensor, 2, {dimension}, /*keepdim=*/true)
        .square_()
        .div_(static_cast<double>(tensor.size(dimension)));
}

} // namespace

Adafactor::Adafactor(const ParameterSet& parameters, double weightDecay)
    : parameters_(parameters), weightDecay_(weightDecay) {
    const at::NoGradGuard guard;
    for (const auto& entry : parameters.entries()) {
        const at::Tensor shape = entry.value.detach().squeeze();
        if (shape.dim() < 2) {
            moments_.push_back({{}, {}, at::zeros_like(shape)});
            continue;
        }
        moments_.push_back(
            {at::zeros_like(shape.narrow(-1, 0, 1)), at::zeros_like(shape.narrow(-2, 0, 1)), {}});
    }
    step_ = at::zeros({}, parameters.entries().front().value.options().requires_grad(false));
}

void Adafactor::update(double learningRate, const at::Tensor& nonFinite) {
    constexpr double momentDecay = -0.8;
    const at::NoGradGuard guard;
    const at::Tensor taken = (1 - nonFinite).to(step_.scalar_type());
    const at::Tensor next = step_ + 1;
    Rates rates;
    rates.moments = next.pow(momentDecay).mul_(taken);
    rates.step = next.rsqrt().clamp_max_(learningRate).mul_(taken);
    rates.shrinkage = 1 - taken * (learningRate * weightDecay_);
    const at::Tensor skipped = nonFinite.to(at::kBool);
    for (std::size_t i = 0; i < moments_.size(); ++i) {
        const at::Tensor& value = parameters_.entries()[i].value;
        at::Tensor gradient = value.grad().masked_fill_(skipped, 0);
        updateOne(value.detach().squeeze(), gradient.squeeze(), moments_[i], rates);
    }
    step_.add_(taken);
}

at::Tensor Adafactor::estimate(const Moments& moments, const at::Tensor& gradient, const at::Tensor& weight) {
    if (moments.all.defined())
        return moments.all.lerp_(gradient.square(), weight).clone();
    moments.rows.lerp_(meanSquare(gradient, -1), weight);
    moments.columns.lerp_(meanSquare(gradient, -2), weight);
    const double eps = epsilon(gradient.scalar_type());
    return at::matmul(moments.rows, moments.columns)
        .div_(moments.rows.mean(-2, /*keepdim=*/true).clamp_min_(eps));
}

void Adafactor::updateOne(const at::Tensor& value, const at::Tensor& gradient, const Moments& moments,
                          const Rates& rates) {
    constexpr double leastScale = 1e-3;
    const double eps = epsilon(gradient.scalar_type());
    const at::Tensor scale = rootMeanSquare(value).clamp_min_(leastScale);
    const at::Tensor change =
        estimate(moments, gradient, rates.moments).clamp_min_(eps * eps).rsqrt_().mul_(gradient);
    const at::Tensor excess = rootMeanSquare(change).clamp_min_(1);
    value.mul_(rates.shrinkage);
    value.sub_(change.mul_(scale.mul_(rates.step).div_(excess)));
}

TensorMap Adafactor::state() const {
    TensorMap state{{"step", step_}};
    for (std::size_t i = 0; i < moments_.size(); ++i) {
        const std::string& name = parameters_.entries()[i].name;
        if (moments_[i].all.defined()) {
            state["variance/" + name] = moments_[i].all;
        } else {
            state["row_variance/" + name] = moments_[i].rows;
            state["column_variance/" + name] = moments_[i].columns;
        }
    }
    return state;
}

} // namespace headroom
