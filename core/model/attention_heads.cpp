// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/attention_heads.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
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

/// Whether neighboring features can be viewed as complex numbers: every row begins at an even element, which
/// an odd number of gates prevents.
bool holdsPairs(const at::Tensor& x) {
    const auto isEven = [](std::int64_t elements) { return elements % 2 == 0; };
    return x.stride(-1) == 1 && isEven(x.storage_offset()) &&
           std::all_of(x.strides().begin(), x.strides().end() - 1, isEven);
}

/// Neighboring features (a, b) as a + b i.
at::Tensor pairs(const at::Tensor& x) {
    return at::view_as_complex(x.unflatten(-1, {-1, 2}));
}

/// Rotates each pair of features by an angle of the table, [length, e / 2] complex. In float32 or better,
/// because the table is.
void turn(const at::Tensor& result, const at::Tensor& x, const at::Tensor& turns) {
    const at::ScalarType type = c10::toRealValueType(turns.scalar_type());
    if (x.scalar_type() == type && holdsPairs(x) && holdsPairs(result)) {
        at::Tensor turned = pairs(result);
        at::mul_out(turned, pairs(x), turns);
        return;
    }
    const at::Tensor wide = x.to(type, /*non_blocking=*/false, /*copy=*/true, at::MemoryFormat::Contiguous);
    pairs(wide).mul_(turns);
    result.copy_(wide);
}

struct SplitHeads : torch::autograd::Function<SplitHeads> {
    static variable_list forward(AutogradContext* context, const at::Tensor& projected,
                                 const std::optional<at::Tensor>& given, std::int64_t heads) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        const at::Tensor table = given.value_or(at::Tensor());
        context->save_for_backward({table});
        context->saved_data["heads"] = heads;
        const at::Tensor turns = table.defined() ? at::view_as_complex(table) : at::Tensor();
        variable_list results;
        for (const at::Tensor& part : partsOf(projected, heads)) {
            const bool isQueryOrKey = results.size() < 2;
            results.push_back(at::empty(part.sizes(), part.options()));
            if (turns.defined() && isQueryOrKey)
                turn(results.back(), part, turns);
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
        at::Tensor backTurns;
        if (table.defined()) {
            const at::Tensor back = table.clone();
            back.select(-1, 1).neg_();
            backTurns = at::view_as_complex(back);
        }
        const auto parts = partsOf(result, heads);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (backTurns.defined() && i < 2)
                turn(parts[i], gradients[i], backTurns);
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
