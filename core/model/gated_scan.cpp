#include "core/model/gated_scan.h"

#include "core/model/operator_scan.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Carries what is no tensor through autograd's saved data.
struct Scan : torch::CustomClassHolder {
    Scan(const MixerShape& s, std::vector<Direction> d) : shape(s), directions(std::move(d)) {}

    MixerShape shape;
    std::vector<Direction> directions;
};

at::Tensor partOf(const at::Tensor& projected, const std::vector<ScanSide>& sides, std::size_t index) {
    const auto width = projected.size(-1) / static_cast<std::int64_t>(sides.size());
    return projected.narrow(-1, static_cast<std::int64_t>(index) * width, width);
}

/// All sides in one node: their gradients fill one tensor.
struct ScanFunction : torch::autograd::Function<ScanFunction> {
    static variable_list forward(AutogradContext* context, const at::Tensor& projected,
                                 at::TensorList parameters, const MixerShape& shape,
                                 const std::vector<ScanSide>& sides) {
        variable_list saved(parameters.begin(), parameters.end());
        saved.push_back(projected);
        context->save_for_backward(saved);
        std::vector<Direction> directions;
        variable_list results;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            directions.push_back(sides[i].direction);
            results.push_back(OperatorScan(partOf(projected, sides, i), shape, sides[i]).forward());
        }
        context->saved_data["scan"] =
            c10::IValue::make_capsule(c10::make_intrusive<Scan>(shape, std::move(directions)));
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const at::Tensor& projected = saved.back();
        const auto capsule = context->saved_data["scan"].toCapsule();
        const auto& scan = static_cast<const Scan&>(*capsule);
        std::vector<ScanSide> sides;
        for (const Direction direction : scan.directions)
            sides.push_back(scanSide(saved.data() + sides.size() * ScanSide::tensorCount, direction));

        const at::Tensor gradProjected = at::empty_like(projected);
        variable_list results{gradProjected};
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const at::Tensor gradOut = std::exchange(gradients[i], {}).contiguous();
            const auto found = OperatorScan(partOf(projected, sides, i), scan.shape, sides[i])
                                   .backward(gradOut, partOf(gradProjected, sides, i));
            results.insert(results.end(), found.begin(), found.end());
        }
        results.insert(results.end(), {Variable(), Variable()});
        return results;
    }
};

} // namespace

ScanSide scanSide(const MixerParameters& p, Direction direction) {
    return {p.convWeight, p.convBias, p.dtBias, p.aLog, p.d, direction};
}

ScanSide scanSide(const at::Tensor* tensors, Direction direction) {
    return {tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], direction};
}

std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides) {
    variable_list parameters;
    for (const ScanSide& side : sides) {
        const auto own = side.tensors();
        parameters.insert(parameters.end(), own.begin(), own.end());
    }
    return ScanFunction::apply(projected.contiguous(), at::TensorList(parameters), shape, sides);
}

} // namespace headroom
