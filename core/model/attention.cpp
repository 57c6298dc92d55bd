// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/attention.h"

#include "core/model/meta_device.h"
#include "core/support/rounding.h"
#include "core/support/slices.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Attention weights that exist at a time, at least those of one head of one row. On the CPU a few of them
/// stay in its cache; a card needs many to be busy.
std::int64_t weightsPerBlock(at::Device device) {
    return isCpu(device) ? 1 << 22 : 1 << 25;
}

/// Tensors as [rows * heads, length, features].
at::Tensor stacked(const at::Tensor& x) {
    return x.flatten(0, 1);
}

/// The rows of heads of the blocks, one after the other.
class AttentionBlocks {
public:
    AttentionBlocks(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                    const Dropout& dropout)
        : q_(stacked(q)), k_(stacked(k)), v_(stacked(v)), scale_(scale), dropout_(dropout) {}

    /// Without the gates.
    at::Tensor forward() const {
        at::Tensor result = at::empty_like(v_);
        forEachBlock([&](std::int64_t begin, std::int64_t end) {
            const auto block = [&](const at::Tensor& x) { return x.narrow(0, begin, end - begin); };
            const at::Tensor used = droppedWeights(weights(begin, end), begin);
            at::Tensor out = block(result);
            at::bmm_out(out, used, block(v_));
        });
        return result;
    }

    struct Gradients {
        at::Tensor q;
        at::Tensor k;
        at::Tensor v;
        at::Tensor products; ///< of result and gradient, summed over features: [rows * heads, length, 1]
    };

    /// @param gradient of the result of forward()
    Gradients backward(const at::Tensor& gradient) const {
        Gradients found{at::empty_like(q_), at::empty_like(k_), at::empty_like(v_),
                        at::empty({v_.size(0), v_.size(1), 1}, v_.options())};
        forEachBlock([&](std::int64_t begin, std::int64_t end) {
            const auto block = [&](const at::Tensor& x) { return x.narrow(0, begin, end - begin); };
            const at::Tensor weights = this->weights(begin, end);
            const at::Tensor g = block(gradient);
            at::Tensor product = at::bmm(g, block(v_).transpose(1, 2));
            {
                const at::Tensor used = droppedWeights(weights, begin);
                at::Tensor out = block(found.v);
                at::bmm_out(out, used.transpose(1, 2), g);
                product.mul_(used);
            }
            at::Tensor sums = block(found.products);
            at::sum_out(sums, product, at::OptionalIntArrayRef(-1), /*keepdim=*/true);
            product.addcmul_(weights, sums, -1); // now the gradient of the scaled scores
            block(found.q).baddbmm_(product, block(k_), 0, scale_);
            block(found.k).baddbmm_(product.transpose(1, 2), block(q_), 0, scale_);
        });
        return found;
    }

private:
    void forEachBlock(const SliceBody& body) const {
        const std::int64_t heads = q_.size(0);
        const std::int64_t perHead = q_.size(1) * q_.size(1);
        const std::int64_t perBlock =
            std::max<std::int64_t>(1, weightsPerBlock(q_.device()) / std::max<std::int64_t>(1, perHead));
        forEachSlice(heads, divideUp(heads, perBlock), body);
    }

    at::Tensor weights(std::int64_t begin, std::int64_t end) const {
        const auto block = [&](const at::Tensor& x) { return x.narrow(0, begin, end - begin); };
        at::Tensor scores = at::empty({end - begin, q_.size(1), q_.size(1)}, q_.options());
        scores.baddbmm_(block(q_), block(k_).transpose(1, 2), 0, scale_);
        return at::_softmax(scores, -1, /*half_to_float=*/false);
    }

    at::Tensor droppedWeights(const at::Tensor& weights, std::int64_t begin) const {
        return dropout_.isOn() ? timesMask(weights, dropout_.part(static_cast<std::uint64_t>(begin)))
                               : weights;
    }

    at::Tensor q_;
    at::Tensor k_;
    at::Tensor v_;
    double scale_;
    Dropout dropout_;
};

/// The features of [rows, length, heads * e] as [rows, heads, length, e].
at::Tensor byHead(const at::Tensor& x, std::int64_t heads) {
    return x.unflatten(-1, {heads, -1}).transpose(1, 2);
}

struct Attend : torch::autograd::Function<Attend> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& q, const at::Tensor& k,
                              const at::Tensor& v, const at::Tensor& gate, double scale,
                              const Dropout& dropout) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        context->save_for_backward({q, k, v, gate});
        context->saved_data["scale"] = scale;
        context->saved_data["rate"] = dropout.rate;
        context->saved_data["seed"] = static_cast<std::int64_t>(dropout.seed);
        const at::Tensor attended = AttentionBlocks(q, k, v, scale, dropout).forward();
        const at::Tensor result = at::empty({v.size(0), v.size(2), v.size(1) * v.size(3)}, v.options());
        at::Tensor out = byHead(result, v.size(1));
        at::mul_out(out, attended.view(v.sizes()), at::sigmoid(gate));
        return result;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor& v = saved[2];
        const at::Tensor open = at::sigmoid(saved[3]);
        const Dropout dropout{context->saved_data["rate"].toDouble(),
                              static_cast<std::uint64_t>(context->saved_data["seed"].toInt())};
        at::Tensor ungated = at::empty(v.sizes(), v.options());
        at::mul_out(ungated, byHead(gradients[0], v.size(1)), open);
        gradients[0].reset();
        const AttentionBlocks blocks(saved[0], saved[1], v, context->saved_data["scale"].toDouble(), dropout);
        const auto found = blocks.backward(stacked(ungated));
        // The products contain one factor sigmoid(gate), so that the derivative lacks 1 - sigmoid(gate) only.
        const at::Tensor gateGradient = open.neg().add_(1).mul_(found.products.view(open.sizes()));
        return {found.q.view(saved[0].sizes()),
                found.k.view(saved[1].sizes()),
                found.v.view(v.sizes()),
                gateGradient,
                Variable(),
                Variable()};
    }
};

} // namespace

at::Tensor attend(const AttentionHeads& heads, double scale, const Dropout& dropout) {
    return Attend::apply(heads.q, heads.k, heads.v, heads.gate, scale, dropout);
}

} // namespace headroom
