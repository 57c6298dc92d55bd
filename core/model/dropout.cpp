// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/dropout.h"

#include "core/model/cast.h"
#include "core/model/meta_device.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/OpMathType.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// A separate generator for each mask, because the state of a shared one depends on all that ran before.
std::optional<at::Generator> generator(at::Device device, std::uint64_t seed) {
    if (device.is_meta())
        return std::nullopt;
    at::Generator own = at::globalContext().defaultGenerator(device).clone();
    own.set_current_seed(seed);
    return own;
}

struct Dropped : torch::autograd::Function<Dropped> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const Dropout& dropout) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        context->saved_data["rate"] = dropout.rate;
        context->saved_data["seed"] = static_cast<std::int64_t>(dropout.seed);
        return timesMask(x, dropout);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        return {timesMask(gradients[0], {context->saved_data["rate"].toDouble(),
                                         static_cast<std::uint64_t>(context->saved_data["seed"].toInt())}),
                Variable()};
    }
};

} // namespace

Dropout Dropout::part(std::uint64_t number) const {
    // The finalizer of SplitMix64: consecutive numbers give unrelated seeds.
    std::uint64_t mixed = seed + (number + 1) * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return {rate, mixed ^ (mixed >> 31U)};
}

at::Tensor dropoutMask(const at::Tensor& like, const Dropout& dropout) {
    const at::Tensor mask = at::empty(like.sizes(), like.options().dtype(at::kFloat).requires_grad(false));
    mask.uniform_(0, 1, generator(like.device(), dropout.seed));
    return mask.ge_(dropout.rate).mul_(1 / (1 - dropout.rate));
}

at::Tensor timesMask(const at::Tensor& x, const Dropout& dropout) {
    const at::ScalarType type = at::toOpMathType(x.scalar_type());
    // Operators of the CPU copy operands of another type. Such copies are not recorded, so make it here.
    const at::Tensor factor = isCpu(x.device()) ? cast(x, type) : x;
    return cast(cast(dropoutMask(x, dropout), type).mul_(factor), x.scalar_type());
}

at::Tensor dropped(const at::Tensor& x, const Dropout& dropout) {
    return dropout.isOn() ? Dropped::apply(x, dropout) : x;
}

} // namespace headroom
