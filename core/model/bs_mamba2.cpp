#include "core/model/bs_mamba2.h"

#include "core/model/band_split.h"
#include "core/model/dual_path.h"
#include "core/model/initialization.h"
#include "core/model/mask_estimator.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <ATen/record_function.h>
#include <fmt/format.h>

namespace headroom {

BsMamba2::BsMamba2(ModelShape shape, at::Device device, at::ScalarType master, std::uint64_t seed)
    : shape_(std::move(shape)), activations_(master),
      stft_(shape_.nFft, shape_.hopLength, shape_.nFft, at::TensorOptions().device(device).dtype(master)) {
    validate(shape_);
    Initialization init(parameters_, device, master, seed);
    for (std::int64_t i = 0; i < shape_.numLayers; ++i)
        layers_.push_back(std::make_unique<DualPathLayer>(shape_, fmt::format("layers.{}.", i), init));
    finalGamma_ = init.constant("final_norm.gamma", {shape_.hiddenDim}, 1);
    bandSplit_ = std::make_unique<BandSplit>(shape_, "band_split.", init);
    for (std::int64_t stem = 0; stem < shape_.stems; ++stem) {
        maskEstimators_.push_back(
            std::make_unique<MaskEstimator>(shape_, fmt::format("mask_estimators.{}.", stem), init));
    }
}

BsMamba2::~BsMamba2() = default;

void BsMamba2::setPrecision(at::ScalarType activations) {
    const auto master = finalGamma_.scalar_type();
    TORCH_CHECK(activations == master || (activations == at::kBFloat16 && master == at::kFloat),
                "no activations in ", activations, " with parameters in ", master);
    activations_ = activations;
}

at::Tensor BsMamba2::forward(const at::Tensor& mixture) const {
    const at::Tensor mixed = spectrogram(mixture);
    const at::Tensor mask = masks(dualPath(bandSplit(mixed)));
    RECORD_USER_SCOPE("istft");
    return stft_.inverse(mixed.unsqueeze(1) * mask, mixture.size(-1));
}

at::Tensor BsMamba2::spectrogram(const at::Tensor& mixture) const {
    RECORD_USER_SCOPE("stft");
    TORCH_CHECK(mixture.dim() == 3 && mixture.size(1) == shape_.channels, "a mixture is [batch, ",
                shape_.channels, ", samples], not ", mixture.sizes());
    return stft_.forward(mixture);
}

at::Tensor BsMamba2::bandSplit(const at::Tensor& spectrogram) const {
    RECORD_USER_SCOPE("band_split");
    const auto batch = spectrogram.size(0);
    const auto frames = spectrogram.size(2);
    const at::Tensor features =
        at::view_as_real(spectrogram).permute({0, 2, 3, 1, 4}).reshape({batch * frames, -1});
    return bandSplit_->forward(features, activations_).unflatten(1, {batch, frames});
}

at::Tensor BsMamba2::dualPath(const at::Tensor& tokens) const {
    const bool training = at::GradMode::is_enabled();
    const RecomputePlan plan = training ? recompute_ : RecomputePlan{.layers = shape_.numLayers};
    const auto slices = plan.slicesFor(tokens.size(0) * tokens.size(1) * tokens.size(2));
    at::Tensor result = tokens.contiguous();
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        RECORD_USER_SCOPE(fmt::format("dual_path.{}", i));
        if (layerObserver_)
            layerObserver_();
        // What later layers keep is gone by the time the earlier ones are run again.
        result = static_cast<std::int64_t>(i) < plan.layers
                     ? layers_[i]->forwardInSlices(result, activations_, slices)
                     : layers_[i]->forward(result, activations_);
    }
    return result;
}

at::Tensor BsMamba2::masks(const at::Tensor& features) const {
    RECORD_USER_SCOPE("mask_estimator");
    const auto batch = features.size(1);
    const auto frames = features.size(2);
    const at::Tensor tokens =
        (unitNormalized(features.flatten(1, 2)) * finalGamma_.to(activations_)).to(activations_);
    std::vector<at::Tensor> masks;
    for (const auto& estimator : maskEstimators_) {
        masks.push_back(estimator->forward(tokens)
                            .to(finalGamma_.scalar_type())
                            .view({batch, frames, shape_.bins(), shape_.channels, 2})
                            .permute({0, 3, 1, 2, 4}));
    }
    return at::view_as_complex(at::stack(masks, 1));
}

} // namespace headroom
