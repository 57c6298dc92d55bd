#include "core/model/token_mixer.h"

#include "core/model/kernel_mixer.h"
#include "core/model/scan_form.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Carries what is no tensor through autograd's saved data.
struct Mixer : torch::CustomClassHolder {
    Mixer(const MixerShape& s, std::vector<Direction> d) : shape(s), directions(std::move(d)) {}

    MixerShape shape;
    std::vector<Direction> directions;
};

/// x, inProj, outProj by side, then each side's tensors.
variable_list tensorsOf(const at::Tensor& x, const KernelMixer& mixer) {
    variable_list all{x, mixer.inProj};
    all.insert(all.end(), mixer.outProj.begin(), mixer.outProj.end());
    for (const ScanSide& side : mixer.sides) {
        const auto own = side.tensors();
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

struct KernelFunction : torch::autograd::Function<KernelFunction> {
    static at::Tensor forward(AutogradContext* context, at::TensorList tensors, const KernelMixer& mixer) {
        context->save_for_backward(tensors.vec());
        std::vector<Direction> directions;
        for (const ScanSide& side : mixer.sides)
            directions.push_back(side.direction);
        context->saved_data["mixer"] =
            c10::IValue::make_capsule(c10::make_intrusive<Mixer>(mixer.shape, std::move(directions)));
        return mixer.forward(tensors[0]);
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const auto capsule = context->saved_data["mixer"].toCapsule();
        const auto& kept = static_cast<const Mixer&>(*capsule);
        KernelMixer mixer{kept.shape, saved[1], {}, {}};
        const at::Tensor* next = saved.data() + 2;
        for (std::size_t i = 0; i < kept.directions.size(); ++i)
            mixer.outProj.push_back(*next++);
        for (const Direction direction : kept.directions) {
            mixer.sides.push_back(scanSide(next, direction));
            next += ScanSide::tensorCount;
        }
        variable_list results = mixer.backward(saved[0], std::exchange(gradients[0], {}).contiguous());
        results.emplace_back();
        return results;
    }
};

at::Tensor byOperators(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                       const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides) {
    const auto scanned = gatedScan(at::matmul(x, inProj.t()), shape, sides);
    at::Tensor sum = at::mm(scanned[0].flatten(0, 1), outProj[0]);
    for (std::size_t i = 1; i < sides.size(); ++i)
        sum.addmm_(scanned[i].flatten(0, 1), outProj[i]);
    return sum.view({x.size(0), x.size(1), -1});
}

} // namespace

at::Tensor mixTokens(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                     const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides) {
    if (!scansByKernels(x.is_cpu()))
        return byOperators(x, shape, inProj, outProj, sides);
    const KernelMixer mixer{shape, inProj, outProj, sides};
    return KernelFunction::apply(at::TensorList(tensorsOf(x.contiguous(), mixer)), mixer);
}

} // namespace headroom
