// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/token_mixer.h"

#include "core/model/cpu_mixer.h"
#include "core/model/cuda_mixer.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// x, inProj, outProj of each side, then the tensors of each side.
template <class Mixer>
variable_list tensorsOf(const at::Tensor& x, const Mixer& mixer) {
    variable_list all{x, mixer.inProj};
    all.insert(all.end(), mixer.outProj.begin(), mixer.outProj.end());
    const auto ofSides = tensorsOf(mixer.sides);
    all.insert(all.end(), ofSides.begin(), ofSides.end());
    return all;
}

template <class Mixer>
void saveForBackward(AutogradContext* context, at::TensorList tensors, const Mixer& mixer) {
    context->save_for_backward(tensors.vec());
    context->saved_data["scans"] = SavedScans{mixer.shape, mixer.sides}.metadata();
}

/// What saveForBackward() saved.
template <class Mixer>
struct SavedMixer {
    at::Tensor x;
    Mixer mixer;

    explicit SavedMixer(AutogradContext* context) {
        const auto saved = context->get_saved_variables();
        auto [shape, sides] = SavedScans::from(context->saved_data["scans"], saved);
        const auto outProj = saved.begin() + 2;
        x = saved[0];
        mixer = {shape, saved[1], {outProj, outProj + static_cast<std::ptrdiff_t>(sides.size())}, sides};
    }
};

struct MixOnCpu : torch::autograd::Function<MixOnCpu> {
    static at::Tensor forward(AutogradContext* context, at::TensorList tensors, const CpuMixer& mixer,
                              Use use) {
        saveForBackward(context, tensors, mixer);
        return use == Use::Values ? mixer.forward(tensors[0]) : mixer.result(tensors[0]);
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const SavedMixer<CpuMixer> saved(context);
        variable_list results = saved.mixer.backward(saved.x, std::exchange(gradients[0], {}).contiguous());
        results.resize(results.size() + 2); // no gradients for `mixer` and `use`
        return results;
    }
};

/// Activations for the backward pass, which frees them one by one: autograd would free its saved tensors only
/// at the end.
struct KeptActivations : torch::CustomClassHolder {
    explicit KeptActivations(std::vector<CudaMixer::Activations> k) : bySide(std::move(k)) {}
    std::vector<CudaMixer::Activations> bySide;
};

struct MixOnCuda : torch::autograd::Function<MixOnCuda> {
    static at::Tensor forward(AutogradContext* context, at::TensorList tensors, const CudaMixer& mixer,
                              Use use, Kept kept) {
        saveForBackward(context, tensors, mixer);
        CudaMixer::Result result = use == Use::Values ? mixer.forward(tensors[0], kept)
                                                      : CudaMixer::Result{mixer.result(tensors[0]), {}};
        context->saved_data["kept"] =
            c10::IValue::make_capsule(c10::make_intrusive<KeptActivations>(std::move(result.kept)));
        return result.out;
    }

    static variable_list backward(AutogradContext* context, variable_list& gradients) {
        const SavedMixer<CudaMixer> saved(context);
        const auto capsule = context->saved_data["kept"].toCapsule();
        auto& kept = static_cast<KeptActivations&>(*capsule).bySide;
        variable_list results = saved.mixer.backward(saved.x, std::exchange(kept, {}),
                                                     std::exchange(gradients[0], {}).contiguous());
        results.resize(results.size() + 3); // no gradients for `mixer`, `use` and `kept`
        return results;
    }
};

/// in_proj with rows of 0 after each side, so that the projected tokens of a side begin at multiples of 16
/// bytes.
at::Tensor withAlignedSides(const at::Tensor& inProj, std::size_t sides) {
    const auto multiple = static_cast<std::int64_t>(16 / inProj.element_size());
    const auto count = static_cast<std::int64_t>(sides);
    const auto excess = inProj.size(0) / count % multiple;
    if (excess == 0)
        return inProj;
    return at::constant_pad_nd(inProj.unflatten(0, {count, -1}), {0, 0, 0, multiple - excess}).flatten(0, 1);
}

at::Tensor mixByOperators(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                          const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides,
                          ScanParts parts, Use use) {
    const auto project = [&] { // frees the padded weights early
        const bool byKernels = parts == ScanParts::CudaKernels;
        return at::matmul(x, (byKernels ? withAlignedSides(inProj, sides.size()) : inProj).t());
    };
    return sumOfGatedScans(project(), shape, sides, outProj, parts, use);
}

} // namespace

at::Tensor mixTokens(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                     const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides, Use use,
                     ScanForm form, Kept kept) {
    if (form == ScanForm::OfDevice)
        form = scanForm(x.device());
    if (form == ScanForm::CpuKernels || form == ScanForm::CpuInference) {
        const bool infers = form == ScanForm::CpuInference;
        const CpuMixer mixer{shape, inProj, outProj, sides, infers ? ProductForm::Blocks : ProductForm::Blas};
        return MixOnCpu::apply(at::TensorList(tensorsOf(x.contiguous(), mixer)), mixer, use);
    }
    if (form == ScanForm::CudaKernels && !cudaMixerProblem(shape, x.scalar_type())) {
        const CudaMixer mixer{shape, inProj, outProj, sides};
        const variable_list tensors = tensorsOf(x.contiguous(), mixer);
        const bool hasBackward = at::GradMode::is_enabled() && anyRequiresGradient(tensors);
        return MixOnCuda::apply(at::TensorList(tensors), mixer, use, hasBackward ? kept : Kept::Input);
    }
    const bool hasKernels = form == ScanForm::CudaKernels && hasPartKernels(shape, x.scalar_type());
    return mixByOperators(x, shape, inProj, outProj, sides,
                          hasKernels ? ScanParts::CudaKernels : ScanParts::Operators, use);
}

} // namespace headroom
