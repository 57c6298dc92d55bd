#include "core/model/recompute.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;
using Pure = std::function<at::Tensor(const at::Tensor&)>;

/// Carries the function through autograd's saved data.
struct Holder : torch::CustomClassHolder {
    explicit Holder(Pure f) : function(std::move(f)) {}
    Pure function;
};

struct Recompute : torch::autograd::Function<Recompute> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const Pure& function,
                              at::TensorList parameters) {
        variable_list saved{input};
        saved.insert(saved.end(), parameters.begin(), parameters.end());
        context->save_for_backward(saved);
        context->saved_data["function"] = c10::IValue::make_capsule(c10::make_intrusive<Holder>(function));
        return function(input);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto holder = context->saved_data["function"].toCapsule();
        const auto& function = static_cast<const Holder&>(*holder).function;

        const at::AutoGradMode gradMode(true);
        variable_list inputs(saved);
        inputs[0] = saved[0].detach().set_requires_grad(saved[0].requires_grad());
        const at::Tensor output = function(inputs[0]);

        variable_list wanted;
        for (const at::Tensor& tensor : inputs) {
            if (tensor.requires_grad())
                wanted.push_back(tensor);
        }
        const variable_list found =
            torch::autograd::grad({output}, wanted, {gradients[0]}, /*retain_graph=*/false);

        variable_list result{Variable(), Variable()};
        result.resize(inputs.size() + 1);
        for (std::size_t i = 0, next = 0; i < inputs.size(); ++i) {
            if (inputs[i].requires_grad())
                result[i == 0 ? 0 : i + 1] = found[next++];
        }
        return result;
    }
};

} // namespace

at::Tensor recomputed(const Pure& function, const at::Tensor& input,
                      const std::vector<at::Tensor>& parameters) {
    return Recompute::apply(input, function, at::TensorList(parameters));
}

} // namespace headroom
