// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/sliced_function.h"

#include "core/model/cast.h"
#include "core/model/host_rows.h"
#include "core/model/recomputation.h"
#include "core/support/slices.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Rows begin ... end - 1 of an input.
using InputSlice = std::function<at::Tensor(std::int64_t begin, std::int64_t end)>;

/// The input of a backward pass, which need not be on the device as a whole.
struct SlicedInput {
    std::vector<std::int64_t> sizes;
    at::TensorOptions options;
    InputSlice slice;
    std::function<at::Tensor()> emptyGradient;
};

/// State for the backward pass besides saved tensors.
struct SavedState : torch::CustomClassHolder {
    SavedState(SlicedFunction f, std::int64_t s) : function(std::move(f)), slices(s) {}
    SlicedFunction function;
    std::int64_t slices;
    // If the input is offloaded:
    std::optional<HostRows> input;
    std::vector<std::int64_t> inputSizes;
    at::TensorOptions inputOptions;
};

/// The tensors as leaves of a new graph, which require gradients like the tensors.
variable_list leavesOf(const variable_list& tensors) {
    variable_list leaves;
    for (const at::Tensor& tensor : tensors)
        leaves.push_back(tensor.detach().set_requires_grad(tensor.requires_grad()));
    return leaves;
}

variable_list thoseThatRequireGradients(const variable_list& tensors) {
    variable_list found;
    for (const at::Tensor& tensor : tensors) {
        if (tensor.requires_grad())
            found.push_back(tensor);
    }
    return found;
}

at::Tensor evaluateSlices(const SlicedFunction& function, const at::TensorOptions& options,
                          const InputSlice& inputSlice, std::int64_t slices) {
    const at::NoGradGuard noGrad;
    const variable_list weights = function.weights();
    at::Tensor output =
        at::empty(function.outputSizes, options.dtype(function.outputType).requires_grad(false));
    forEachSlice(function.rows, slices, [&](std::int64_t begin, std::int64_t end) {
        function.outputRows(output, begin, end)
            .copy_(function.compute(inputSlice(begin, end), weights, {Use::Values, begin}));
    });
    return output;
}

InputSlice slicesOf(const SlicedFunction& function, const at::Tensor& input) {
    return [&function, input](std::int64_t begin, std::int64_t end) {
        return function.inputRows(input, begin, end);
    };
}

/// Accumulators for gradients over slices, in float32 or better, so that rounding errors do not accumulate.
variable_list zeroSums(const variable_list& tensors) {
    variable_list sums;
    for (const at::Tensor& tensor : tensors) {
        const auto type = tensor.scalar_type() == at::kBFloat16 ? at::kFloat : tensor.scalar_type();
        sums.push_back(at::zeros_like(tensor, tensor.options().dtype(type).requires_grad(false)));
    }
    return sums;
}

/// Whether the memory of `gradient` can be reused for that of the input: nothing else refers to it, and shape
/// and dtype agree.
bool canReuse(const at::Tensor& gradient, const SlicedInput& like) {
    return gradient.use_count() == 1 && gradient.storage().use_count() == 1 &&
           gradient.sizes() == like.sizes && gradient.options().dtype() == like.options.dtype();
}

/// Backward pass, slice by slice: gradients of the input and of the weights that require them.
class SlicedBackward {
public:
    SlicedBackward(const SlicedFunction& function, const SlicedInput& input, bool wantsInput,
                   const variable_list& weights)
        : function_(function), input_(input), wantsInput_(wantsInput), weights_(leavesOf(weights)),
          trained_(thoseThatRequireGradients(weights_)), weightSums_(zeroSums(trained_)) {}

    /// @param gradients one entry, the gradient of the output; reused for that of the input if possible
    void run(variable_list& gradients, std::int64_t slices) {
        if (!gradients[0].is_contiguous())
            gradients[0] = gradients[0].contiguous();
        if (wantsInput_ && canReuse(gradients[0], input_) && function_.inputRows == function_.outputRows)
            inputGradient_ = gradients[0];
        else if (wantsInput_)
            inputGradient_ = input_.emptyGradient();
        forEachSlice(function_.rows, slices, [&](std::int64_t begin, std::int64_t end) {
            const at::Tensor gradient = function_.outputRows(gradients[0], begin, end);
            backwardOfSlice(gradient, begin, end);
        });
    }

    const at::Tensor& inputGradient() const { return inputGradient_; }
    /// The gradients, in the order of those weights.
    variable_list& weightSums() { return weightSums_; }

private:
    void backwardOfSlice(const at::Tensor& gradient, std::int64_t begin, std::int64_t end) {
        const at::AutoGradMode gradMode(true);
        variable_list wanted = trained_;
        const at::Tensor slice = input_.slice(begin, end).set_requires_grad(wantsInput_);
        if (wantsInput_)
            wanted.push_back(slice);
        variable_list found = torch::autograd::grad({computeAgain(slice, begin)}, wanted, {gradient});

        const at::NoGradGuard noGrad;
        for (std::size_t i = 0; i < weightSums_.size(); ++i) {
            weightSums_[i].add_(cast(found[i], weightSums_[i].scalar_type()));
            found[i].reset();
        }
        if (wantsInput_)
            function_.inputRows(inputGradient_, begin, end).copy_(found.back());
    }

    at::Tensor computeAgain(const at::Tensor& slice, std::int64_t begin) const {
        const Recomputation again;
        return function_.compute(slice, weights_, {Use::GradientsOnly, begin});
    }

    const SlicedFunction& function_;
    const SlicedInput& input_;
    bool wantsInput_;
    variable_list weights_;
    variable_list trained_; ///< the leaves among `weights_` that require gradients
    variable_list weightSums_;
    at::Tensor inputGradient_;
};

struct SlicedEvaluation : torch::autograd::Function<SlicedEvaluation> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input,
                              const SlicedFunction& function, std::int64_t slices,
                              at::TensorList /*parameters*/) {
        auto state = c10::make_intrusive<SavedState>(function, slices);
        context->saved_data["kept"] = c10::IValue::make_capsule(state);
        if (function.offloadInput)
            return evaluateAndOffload(*state, input);
        context->save_for_backward({input});
        return evaluateSlices(function, input.options(), slicesOf(function, input), slices);
    }

    static at::Tensor evaluateAndOffload(SavedState& state, const at::Tensor& input) {
        const SlicedFunction& function = state.function;
        const at::Tensor rows = function.inputRows(input, 0, function.rows);
        state.input.emplace(rows, function.inputRowDimension, state.slices);
        state.inputSizes = input.sizes().vec();
        state.inputOptions = input.options().requires_grad(false);
        RowsToHost toHost(*state.input, rows);
        return evaluateSlices(
            function, input.options(),
            [&](std::int64_t begin, std::int64_t end) { return toHost.slice(begin, end); }, state.slices);
    }

    static SlicedInput offloadedInput(const SavedState& state, RowsFromHost& rows) {
        return {.sizes = state.inputSizes,
                .options = state.inputOptions,
                .slice = [&rows](std::int64_t begin, std::int64_t end) { return rows.slice(begin, end); },
                .emptyGradient = [&state] { return at::empty(state.inputSizes, state.inputOptions); }};
    }

    static SlicedInput wholeInput(const SlicedFunction& function, const at::Tensor& saved) {
        const at::Tensor input = saved.detach();
        return {.sizes = input.sizes().vec(),
                .options = input.options(),
                .slice = slicesOf(function, input),
                .emptyGradient = [input] { return at::empty_like(input); }};
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const auto capsule = context->saved_data["kept"].toCapsule();
        auto& state = static_cast<SavedState&>(*capsule);
        const SlicedFunction& function = state.function;
        std::optional<RowsFromHost> fromHost;
        if (state.input) // autograd frees its saved tensors, but not these rows
            fromHost.emplace(*std::exchange(state.input, std::nullopt));
        const SlicedInput input =
            fromHost ? offloadedInput(state, *fromHost) : wholeInput(function, saved[0]);

        variable_list weights;
        {
            const at::AutoGradMode gradMode(true);
            const Recomputation again;
            weights = function.weights();
        }
        SlicedBackward sliced(function, input, context->needs_input_grad(0), weights);
        sliced.run(gradients, state.slices);
        gradients.clear();
        variable_list result{sliced.inputGradient(), Variable(), Variable()};
        const variable_list byParameter =
            parameterGradients(function.parameters, weights, sliced.weightSums());
        result.insert(result.end(), byParameter.begin(), byParameter.end());
        return result;
    }

    /// The gradients of the parameters, undefined for those that do not require one.
    /// @param sums gradients of the weights that require one; changed
    static variable_list parameterGradients(const variable_list& parameters, const variable_list& weights,
                                            variable_list& sums) {
        variable_list all(parameters.size());
        if (sums.empty())
            return all;
        const variable_list from = thoseThatRequireGradients(weights);
        for (std::size_t i = 0; i < from.size(); ++i)
            sums[i] = cast(sums[i], from[i].scalar_type());
        const variable_list found = torch::autograd::grad(from, thoseThatRequireGradients(parameters), sums);
        auto next = found.begin();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            if (parameters[i].requires_grad())
                all[i] = *next++;
        }
        return all;
    }
};

} // namespace

at::Tensor frameRange(const at::Tensor& whole, std::int64_t begin, std::int64_t end) {
    return whole.narrow(2, begin, end - begin);
}

bool anyRequiresGradient(const std::vector<at::Tensor>& tensors) {
    return std::ranges::any_of(tensors, [](const at::Tensor& tensor) { return tensor.requires_grad(); });
}

at::Tensor evaluate(const SlicedFunction& function, const at::Tensor& input, std::int64_t slices) {
    if (slices == 0)
        return function
            .compute(function.inputRows(input, 0, function.rows), function.weights(), {Use::Values, 0})
            .reshape(function.outputSizes);
    if (!at::GradMode::is_enabled() || !(input.requires_grad() || anyRequiresGradient(function.parameters)))
        return evaluateSlices(function, input.options(), slicesOf(function, input), slices);
    return SlicedEvaluation::apply(input, function, slices, at::TensorList(function.parameters));
}

} // namespace headroom
