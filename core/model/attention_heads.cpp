// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/attention_heads.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <array>
#include <optional>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// The views of q, k, v and the gates in a projection, [rows, heads, length, e or 1].
std::array<at::Tensor, 4> partsOf(const at::Tensor& projected, std::int64_t heads) {
    const std::int64_t all = (projected.size(-1) - heads) / 3;
    const auto part = [&](std::int64_t first, std::int64_t size) {
        return projected.narrow(-1, first, size).unflatten(-1, {heads, -1}).transpose(1, 2);
    };
    return {part(0, all), part(all, all), part(2 * all, all), part(3 * all, heads)};
}

/// (a, b) -> (a cos - b sin, a sin + b cos) for neighboring features. In float32 or better, because the table
/// is.
void turn(const at::Tensor& result, const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine) {
    const auto feature = [](const at::Tensor& whole, std::int64_t index) {
        return whole.unflatten(-1, {-1, 2}).select(-1, index);
    };
    const at::Tensor a = feature(x, 0);
    const at::Tensor b = feature(x, 1);
    feature(result, 0).copy_(at::mul(a, cosine).addcmul_(b, sine, -1));
    feature(result, 1).copy_(at::mul(a, sine).addcmul_(b, cosine));
}

struct SplitHeads : torch::autograd::Function<SplitHeads> {
    static variable_list forward(AutogradContext* context, const at::Tensor& projected,
                                 const std::optional<at::Tensor>& given, std::int64_t heads) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        const at::Tensor table = given.value_or(at::Tensor());
        context->save_for_backward({table});
        context->saved_data["heads"] = heads;
        variable_list results;
        for (const at::Tensor& part : partsOf(projected, heads)) {
            const bool turns = table.defined() && results.size() < 2;
            results.push_back(at::empty(part.sizes(), part.options()));
            if (turns)
                turn(results.back(), part, table.select(0, 0), table.select(0, 1));
            else
                results.back().copy_(part);
        }
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const at::Tensor table = context->get_saved_variables()[0];
        const auto heads = context->saved_data["heads"].toInt();
        const at::Tensor& v = gradients[2]; // [rows, heads, length, e]
        const at::Tensor result = at::empty({v.size(0), v.size(2), heads * (3 * v.size(3) + 1)}, v.options());
        const at::Tensor backTurn = table.defined() ? table.select(0, 1).neg() : at::Tensor();
        const auto parts = partsOf(result, heads);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (table.defined() && i < 2)
                turn(parts[i], gradients[i], table.select(0, 0), backTurn);
            else
                parts[i].copy_(gradients[i]);
            gradients[i].reset();
        }
        return {result, Variable(), Variable()};
    }
};

} // namespace

AttentionHeads splitHeads(const at::Tensor& projected, const at::Tensor& table, std::int64_t heads) {
    const variable_list parts =
        SplitHeads::apply(projected, table.defined() ? std::optional(table) : std::nullopt, heads);
    return {parts[0], parts[1], parts[2], parts[3]};
}

} // namespace headroom
