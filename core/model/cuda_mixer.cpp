// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cuda_mixer.h"

#include "core/kernels/cuda/convolution.h"
#include "core/kernels/cuda/gated_norm.h"
#include "core/kernels/cuda/kernels_problem.h"
#include "core/kernels/cuda/side_sum.h"
#include "core/kernels/cuda/time_steps.h"
#include "core/model/model_shape.h"
#include "core/model/recomputation.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <fmt/format.h>

#include <utility>

namespace headroom {
namespace {

constexpr std::int64_t numbersPerThread = 8;

/// Views [R, L, n] as [R L, n].
at::Tensor asMatrix(const at::Tensor& x) {
    return x.view({-1, x.size(2)});
}

/// One side of a mixer.
class MixerSide {
public:
    using Activations = CudaMixer::Activations;

    MixerSide(const CudaMixer& mixer, std::size_t index)
        : shape_(mixer.shape), scan_(mixer.sides[index]), outProj_(mixer.outProj[index]),
          firstRow_(static_cast<std::int64_t>(index) * shape_.projectedDim()),
          inProj_(withPadding(rowsOf(mixer.inProj))) {}

    /// @param x [R, L, d], @param rows the same as [R L, d]
    /// @param product receives that of the gated tokens and out_proj, [R L, d']
    /// @param all receives the activations to keep
    /// @return for sumOfSides()
    SideProduct forward(const at::Tensor& x, const at::Tensor& rows, Kept kept, at::Tensor product,
                        Activations& all) const {
        const bool keepsScan = kept >= Kept::Scanned;
        compute(all, x, rows, {.y = keepsScan, .gated = true, .states = keepsScan});
        if (kept < Kept::Convolved) {
            all.bc.reset();
            all.dt.reset();
        }
        if (kept < Kept::Projected)
            all.projected.reset();
        at::mm_out(product, asMatrix(std::exchange(all.scan.gated, {})), outProj_);
        return {product, std::exchange(all.scan.squares, {})};
    }

    /// @param x [R, L, d], @param rows the same as [R L, d]
    /// @param all those that were kept
    /// @param gradX written by the first side; the others add to it
    /// @param gradInProj of all sides
    /// @return the gradients of outProj and of ScanSide::tensors()
    std::vector<at::Tensor> backward(const at::Tensor& x, const at::Tensor& rows, Activations all,
                                     const at::Tensor& gradOut, at::Tensor& gradX,
                                     const at::Tensor& gradInProj) const {
        {
            const Recomputation again;
            compute(all, x, rows, {.states = true});
        }
        const at::Tensor gradProjected = at::empty_like(all.projected);
        at::Tensor gradY = at::mm(gradOut, outProj_.t());
        const at::Tensor gradOutProj = backwardOfGate(all, gradOut, gradY, gradProjected);

        CudaScanGradients scan =
            scanBackward(scanInputs(all), all.scan.states, gradY, gradProjected, scanShape());
        gradY.reset();
        all.bc.reset();
        all.scan.states.reset();
        const at::Tensor gradDtBias =
            timeStepsBackward(all.projected, firstTimeStep(), scan_.dtBias, scan.dt, gradProjected);
        scan.dt.reset();
        all.projected.reset();

        backwardOfProjection(rows, asMatrix(gradProjected), gradX, rowsOf(gradInProj));
        return {gradOutProj, scan.convWeight, scan.convBias, gradDtBias, scan.aLog, scan.d};
    }

private:
    /// Computes the activations that are undefined.
    void compute(Activations& all, const at::Tensor& x, const at::Tensor& rows,
                 const CudaScanWanted& wanted) const {
        if (!all.projected.defined())
            all.projected = at::mm(rows, inProj_.t()).view({x.size(0), x.size(1), inProj_.size(0)});
        if (!all.bc.defined()) {
            all.bc = at::empty({x.size(0), x.size(1), 2 * shape_.dState}, x.options());
            convolveForward(all.projected, 2 * shape_.innerDim, scan_.convWeight, scan_.convBias, all.bc,
                            isBackward());
            all.dt = at::empty({x.size(0), x.size(1), shape_.heads()}, scan_.dtBias.options());
            timeStepsForward(all.projected, firstTimeStep(), scan_.dtBias, all.dt);
        }
        if (!all.scan.y.defined())
            all.scan = scanForward(scanInputs(all), scanShape(), wanted);
    }
    CudaScanInputs scanInputs(const Activations& all) const {
        return {all.projected, scan_.convWeight, scan_.convBias, all.bc, all.dt, scan_.aLog, scan_.d};
    }

    /// Frees all.scan.y.
    /// @param gradY the gradient of the normalized tokens, overwritten by that of y
    /// @return the gradient of outProj
    static at::Tensor backwardOfGate(Activations& all, const at::Tensor& gradOut, const at::Tensor& gradY,
                                     const at::Tensor& gradProjected) {
        const at::Tensor y = std::exchange(all.scan.y, {});
        gatedNormBackward(y, all.projected, gradY, /*r=*/y, gradY, gradProjected);
        return at::mm(asMatrix(y).t(), gradOut);
    }

    void backwardOfProjection(const at::Tensor& x, const at::Tensor& gradProjected, at::Tensor& gradX,
                              at::Tensor gradInProj) const {
        const at::Tensor withoutPadding = gradProjected.size(1) == gradInProj.size(0)
                                              ? gradProjected
                                              : gradProjected.slice(1, 0, gradInProj.size(0));
        at::mm_out(gradInProj, withoutPadding.t(), x);
        if (firstRow_ == 0)
            at::mm_out(gradX, gradProjected, inProj_);
        else
            gradX.addmm_(gradProjected, inProj_);
    }

    /// The part of inProj, or of its gradient, that belongs to this side.
    at::Tensor rowsOf(const at::Tensor& inProj) const {
        return inProj.slice(0, firstRow_, firstRow_ + shape_.projectedDim());
    }
    /// Projected tokens must begin at multiples of 16 bytes.
    static at::Tensor withPadding(const at::Tensor& inProj) {
        constexpr std::int64_t multiple = 8;
        const auto excess = inProj.size(0) % multiple;
        return excess == 0 ? inProj : at::constant_pad_nd(inProj, {0, 0, 0, multiple - excess});
    }

    std::int64_t firstTimeStep() const { return shape_.innerDim + shape_.convDim(); }
    bool isBackward() const { return scan_.direction == Direction::Backward; }
    CudaScanShape scanShape() const { return {shape_.heads(), shape_.headdim, shape_.dState, isBackward()}; }

    MixerShape shape_;
    ScanSide scan_;
    at::Tensor outProj_;
    std::int64_t firstRow_; ///< of this side in CudaMixer::inProj
    at::Tensor inProj_;     ///< with padding
};

} // namespace

at::Tensor CudaMixer::result(const at::Tensor& x) const {
    return at::empty({x.size(0), x.size(1), outProj[0].size(1)}, x.options());
}

CudaMixer::Result CudaMixer::forward(const at::Tensor& x, Kept kept) const {
    const at::AutoDispatchBelowADInplaceOrView below;
    Result all{result(x), std::vector<Activations>(sides.size())};
    const at::Tensor rows = asMatrix(x);
    const at::Tensor first = asMatrix(all.out);
    std::vector<SideProduct> products;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const at::Tensor product = i == 0 ? first : at::empty(first.sizes(), first.options());
        products.push_back(MixerSide(*this, i).forward(x, rows, kept, product, all.kept[i]));
    }
    sumOfSides(products, shape.innerDim);
    return all;
}

std::vector<at::Tensor> CudaMixer::backward(const at::Tensor& x, std::vector<Activations> kept,
                                            const at::Tensor& gradOut) const {
    const at::AutoDispatchBelowADInplaceOrView below;
    kept.resize(sides.size());
    std::vector<at::Tensor> gradients{at::empty_like(x), at::empty_like(inProj)};
    std::vector<at::Tensor> ofScans;
    const at::Tensor rows = asMatrix(x);
    const at::Tensor gradOutRows = asMatrix(gradOut);
    at::Tensor gradX = asMatrix(gradients[0]);
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto found = MixerSide(*this, i).backward(x, rows, std::exchange(kept[i], {}), gradOutRows,
                                                        gradX, gradients[1]);
        gradients.push_back(found[0]);
        ofScans.insert(ofScans.end(), found.begin() + 1, found.end());
    }
    gradients.insert(gradients.end(), ofScans.begin(), ofScans.end());
    return gradients;
}

std::optional<std::string> cudaMixerProblem(const MixerShape& shape, at::ScalarType activations) {
    if (activations != at::kBFloat16)
        return "the kernels of the scan compute in bf16, but training.precision is fp32";
    if (!hasCudaScan(shape.headdim, shape.dState))
        return fmt::format("there are no kernels for model.headdim {} with model.d_state {}", shape.headdim,
                           shape.dState);
    if (shape.dConv > CudaScanShape::mostTaps)
        return fmt::format("there are no kernels for model.d_conv {}, only for up to {}", shape.dConv,
                           CudaScanShape::mostTaps);
    if (shape.modelDim % numbersPerThread != 0)
        return fmt::format("there are no kernels for model.hidden_dim {}, only for multiples of {}",
                           shape.modelDim, numbersPerThread);
    return std::nullopt;
}

bool wantsKernels(const ModelConfig& model) {
    return model.kind == ModelKind::BsMamba2 && model.kernels == Kernels::Auto;
}

at::ScalarType activationType(const RunConfig& config) {
    return config.training.precision == Precision::Bf16 ? at::kBFloat16 : at::kFloat;
}

std::string whyOperators(const RunConfig& config, c10::Device device) {
    if (!device.is_cuda() || !wantsKernels(config.model))
        return {};
    if (std::string problem = cudaKernelsProblem(device); !problem.empty())
        return problem;
    return cudaMixerProblem(mixerShape(modelShape(config)), activationType(config)).value_or("");
}

} // namespace headroom
