// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/affine.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor rowsOf(const at::Tensor& x) {
    return x.flatten(0, -2);
}

/// A row of ones for each layer, [layers, 1, rows]. Sums over rows and broadcasts of the bias are products
/// with it. The gradient of a broadcast bias would be a reduction, whose scratch memory depends on the card
/// and can exceed the memory of the layer.
at::Tensor onesRow(const at::Tensor& x) {
    return at::ones({1, x.size(1)}, x.options().requires_grad(false)).expand({x.size(0), -1, -1});
}

/// One autograd node instead of five. The gradient of the weights has the memory layout of the weights, so
/// that its slices become the gradients of the parameters without a copy.
struct Affine : torch::autograd::Function<Affine> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& bias) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        context->save_for_backward(
            {weight.requires_grad() ? x : at::Tensor(), x.requires_grad() ? weight : at::Tensor()});
        const at::Tensor rows = x.flatten(1, -2);
        at::Tensor result = at::bmm(onesRow(rows).transpose(1, 2), bias.unsqueeze(1));
        return inShapeOf(x, result.baddbmm_(rows, weight.transpose(1, 2)));
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor g = gradients[0].flatten(1, -2);
        variable_list results(3);
        if (context->needs_input_grad(0))
            results[0] = inShapeOf(gradients[0], at::bmm(g, saved[1]));
        if (context->needs_input_grad(1))
            results[1] = at::bmm(g.transpose(1, 2), saved[0].flatten(1, -2));
        if (context->needs_input_grad(2))
            results[2] = at::bmm(onesRow(g), g).squeeze(1);
        return results;
    }

    /// Reshapes [layers, rows, n] to [layers, ..., n] with the inner dimensions of x, [layers, ..., any].
    static at::Tensor inShapeOf(const at::Tensor& x, const at::Tensor& rows) {
        auto sizes = x.sizes().vec();
        sizes.back() = rows.size(-1);
        return rows.view(sizes);
    }
};

/// A separate node, because in-place operators would act on a view, whose gradient autograd copies in every
/// step.
struct AddedAffine : torch::autograd::Function<AddedAffine> {
    static at::Tensor forward(AutogradContext* context, at::Tensor sum, const at::Tensor& x,
                              const at::Tensor& weight, const at::Tensor& bias) {
        const at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward(
            {weight.requires_grad() ? x : at::Tensor(), x.requires_grad() ? weight : at::Tensor()});
        context->mark_dirty({sum});
        const at::Tensor rows = rowsOf(x);
        const at::Tensor ones = at::ones({rows.size(0), 1}, rows.options().requires_grad(false));
        sum.view({-1, sum.size(-1)}).addmm_(rows, weight).addmm_(ones, bias.unsqueeze(0)).add_(rows);
        return sum;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor g = rowsOf(gradients[0]);
        const at::Tensor ones = at::ones({1, g.size(0)}, g.options());
        variable_list results{gradients[0], {}, {}, {}};
        if (context->needs_input_grad(1))
            results[1] = at::addmm(g, g, saved[1].t()).view(gradients[0].sizes());
        if (context->needs_input_grad(2))
            results[2] = at::mm(rowsOf(saved[0]).t(), g);
        if (context->needs_input_grad(3))
            results[3] = at::mm(ones, g).squeeze(0);
        return results;
    }
};

} // namespace

at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    return Affine::apply(x, weight, bias);
}

at::Tensor addAffine(const at::Tensor& sum, const at::Tensor& x, const at::Tensor& weight,
                     const at::Tensor& bias) {
    return AddedAffine::apply(sum, x, weight, bias);
}

} // namespace headroom
