// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/optimizer.h"

#include "core/model/parameters.h"
#include "core/train/adafactor.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace headroom {
namespace {

std::vector<at::Tensor> zerosLike(const ParameterSet& parameters) {
    const at::NoGradGuard guard;
    std::vector<at::Tensor> zeros;
    for (const auto& entry : parameters.entries())
        zeros.push_back(at::zeros_like(entry.value));
    return zeros;
}

std::vector<at::Tensor> gradients(const ParameterSet& parameters) {
    std::vector<at::Tensor> tensors;
    for (const auto& entry : parameters.entries())
        tensors.push_back(entry.value.grad());
    return tensors;
}

void addNamed(TensorMap& state, const std::string& kind, const ParameterSet& parameters,
              const std::vector<at::Tensor>& tensors) {
    for (std::size_t i = 0; i < tensors.size(); ++i)
        state[kind + "/" + parameters.entries()[i].name] = tensors[i];
}

/// Calls update(begin, end) for ranges of parameters. On the CPU each thread gets a range of about equal
/// size; LibTorch's kernels would start all threads for every parameter, however small.
template <class Update>
void inRanges(const std::vector<at::Tensor>& parameters, const Update& update) {
    const std::int64_t threads = parameters.front().is_cpu() ? at::get_num_threads() : 1;
    std::vector<std::int64_t> ends; // cumulative number of elements
    ends.reserve(parameters.size());
    for (const at::Tensor& parameter : parameters)
        ends.push_back((ends.empty() ? 0 : ends.back()) + parameter.numel());
    const auto firstAfter = [&](std::int64_t share) {
        return std::upper_bound(ends.begin(), ends.end(), ends.back() * share / threads) - ends.begin();
    };
    at::parallel_for(0, threads, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::NoGradGuard guard;
        const auto first = begin == 0 ? 0 : firstAfter(begin);
        const auto last = end == threads ? std::ssize(parameters) : firstAfter(end);
        if (first < last)
            update(first, last);
    });
}

std::vector<at::Tensor> range(const std::vector<at::Tensor>& tensors, std::int64_t begin, std::int64_t end) {
    return {tensors.begin() + begin, tensors.begin() + end};
}

class AdamW : public Optimizer {
public:
    AdamW(const ParameterSet& parameters, double weightDecay)
        : parameters_(parameters), weightDecay_(weightDecay), firstMoments_(zerosLike(parameters)),
          secondMoments_(zerosLike(parameters)),
          step_(at::zeros(
              {}, parameters.entries().front().value.options().dtype(at::kFloat).requires_grad(false))) {}

    void update(double learningRate, const at::Tensor& nonFinite) override {
        constexpr double beta1 = 0.9;
        constexpr double beta2 = 0.999;
        constexpr double eps = 1e-8;
        const at::NoGradGuard guard;
        const auto values = parameters_.tensors();
        // The kernel reads the step counter, but does not change it. It does nothing if nonFinite is 1.
        step_.add_(1);
        const auto grads = gradients(parameters_);
        inRanges(values, [&](std::int64_t begin, std::int64_t end) {
            const std::vector<at::Tensor> steps(static_cast<std::size_t>(end - begin), step_);
            at::_fused_adamw_(range(values, begin, end), range(grads, begin, end),
                              range(firstMoments_, begin, end), range(secondMoments_, begin, end), {}, steps,
                              learningRate, beta1, beta2, weightDecay_, eps, /*amsgrad=*/false,
                              /*maximize=*/false, /*grad_scale=*/{}, nonFinite);
        });
        step_.sub_(nonFinite);
    }

    TensorMap state() const override {
        TensorMap state{{"step", step_}};
        addNamed(state, "exp_avg", parameters_, firstMoments_);
        addNamed(state, "exp_avg_sq", parameters_, secondMoments_);
        return state;
    }

private:
    const ParameterSet& parameters_;
    double weightDecay_;
    std::vector<at::Tensor> firstMoments_;
    std::vector<at::Tensor> secondMoments_;
    at::Tensor step_;
};

class Sgd : public Optimizer {
public:
    Sgd(const ParameterSet& parameters, double weightDecay, double momentum)
        : parameters_(parameters), weightDecay_(weightDecay), momentum_(momentum),
          velocities_(momentum == 0 ? std::vector<at::Tensor>() : zerosLike(parameters)) {}

    void update(double learningRate, const at::Tensor& nonFinite) override {
        const at::NoGradGuard guard;
        // Velocities start at 0, so the first update needs no special case, even if it is skipped.
        at::_fused_sgd_(parameters_.tensors(), gradients(parameters_), velocities_, weightDecay_, momentum_,
                        learningRate, /*dampening=*/0, /*nesterov=*/false, /*maximize=*/false,
                        /*is_first_step=*/false, /*grad_scale=*/{}, nonFinite);
    }

    TensorMap state() const override {
        TensorMap state;
        addNamed(state, "momentum", parameters_, velocities_);
        return state;
    }

private:
    const ParameterSet& parameters_;
    double weightDecay_;
    double momentum_;
    std::vector<at::Tensor> velocities_;
};

} // namespace

std::unique_ptr<Optimizer> makeOptimizer(const TrainingConfig& config, const ParameterSet& parameters) {
    switch (config.optimizer) {
    case OptimizerKind::AdamW:
        return std::make_unique<AdamW>(parameters, config.weightDecay);
    case OptimizerKind::Sgd:
        return std::make_unique<Sgd>(parameters, config.weightDecay, config.momentum);
    case OptimizerKind::Adafactor:
        return std::make_unique<Adafactor>(parameters, config.weightDecay);
    }
    throw std::logic_error("unknown optimizer");
}

} // namespace headroom
