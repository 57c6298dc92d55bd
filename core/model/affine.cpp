#include "core/model/affine.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// For each layer. [layers, 1, rows]
at::Tensor onesRow(const at::Tensor& x) {
    return at::ones({1, x.size(1)}, x.options().requires_grad(false)).expand({x.size(0), -1, -1});
}

/// One node where operators would need five, whose gradient by the weights lies as the weights do: what is
/// made of it by parameter becomes the parameters' gradients without a copy.
struct Affine : torch::autograd::Function<Affine> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& bias) {
        const at::AutoDispatchBelowADInplaceOrView below; // autograd is told by this node alone
        context->save_for_backward({x, x.requires_grad() ? weight : at::Tensor()});
        at::Tensor result = at::bmm(onesRow(x).transpose(1, 2), bias.unsqueeze(1));
        return result.baddbmm_(x, weight.transpose(1, 2));
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& g = gradients[0];
        return {context->needs_input_grad(0) ? at::bmm(g, saved[1]) : at::Tensor(),
                at::bmm(g.transpose(1, 2), x), at::bmm(onesRow(x), g).squeeze(1)};
    }
};

} // namespace

at::Tensor onesColumn(const at::Tensor& x) {
    return at::ones({x.size(-2), 1}, x.options().requires_grad(false));
}

at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    return Affine::apply(x, weight, bias);
}

} // namespace headroom
