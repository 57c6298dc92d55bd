// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/loss.h"

#include "core/dsp/frame_sum.h"
#include "core/kernels/cuda/spectral_loss.h"
#include "core/model/meta_device.h"
#include "core/support/error.h"
#include "core/support/rounding.h"
#include "core/support/slices.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>
#include <utility>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

constexpr int unscaled = 0; // ATen's fft_norm_mode::none

/// Samples per block of frames, too few to raise the memory peak: on the CPU they stay in its cache; on a
/// card there are few blocks, because each is a dozen kernels.
std::int64_t samplesPerBlock(const at::Tensor& error) {
    constexpr std::int64_t least = 1 << 20;
    constexpr std::int64_t most = 1 << 24;
    return isCpu(error.device()) ? least : std::clamp(5 * error.numel(), least, most);
}

/// Mean modulus of an STFT of `error`, [rows, samples]. evaluate() adds its gradient to `gradient` if
/// defined.
class SpectralMean {
public:
    SpectralMean(const at::Tensor& error, const SeparationLoss::Resolution& resolution, std::int64_t hop,
                 ScanForm form)
        : error_(error), usesCudaKernels_(form == ScanForm::CudaKernels && error.scalar_type() == at::kFloat),
          window_(resolution.window), nFft_(resolution.nFft), hop_(hop), width_(window_.size(0)),
          before_(nFft_ / 2 - (nFft_ - width_) / 2),
          frames_((error.size(1) + nFft_ / 2 * 2 - nFft_) / hop + 1),
          weight_(1.0 / static_cast<double>(error.size(0) * frames_ * bins())) {}

    at::Tensor evaluate(const at::Tensor& gradient) const {
        const std::array<std::int64_t, 2> edges = {before_, width_ - before_};
        const at::Tensor padded = at::reflection_pad1d(error_, edges);
        const at::Tensor paddedGradient = gradient.defined() ? at::zeros_like(padded) : at::Tensor();
        at::Tensor sum = at::zeros({}, error_.options());
        const auto perBlock = std::max<std::int64_t>(1, samplesPerBlock(error_) / (error_.size(0) * nFft_));
        forEachSlice(frames_, divideUp(frames_, perBlock), [&](std::int64_t first, std::int64_t end) {
            const auto count = end - first;
            const at::Tensor spectrum = transform(padded, first, count);
            const auto samples = hop_ * (count - 1) + width_;
            const at::Tensor gradientOfBlock =
                gradient.defined() ? paddedGradient.narrow(1, first * hop_, samples) : at::Tensor();
            usesCudaKernels_ ? addByKernels(spectrum, sum, gradientOfBlock)
                             : addByOperators(spectrum, sum, gradientOfBlock);
        });
        if (gradient.defined())
            gradient.add_(at::reflection_pad1d_backward(paddedGradient, error_, edges));
        return sum.mul_(weight_);
    }

private:
    std::int64_t bins() const { return nFft_ / 2 + 1; }

    /// Places a window that is shorter than the transform at its start instead of its center, which does not
    /// change the modulus.
    at::Tensor transform(const at::Tensor& padded, std::int64_t first, std::int64_t count) const {
        const auto rows = padded.size(0);
        const at::Tensor slices = padded.as_strided({rows, count, width_}, {padded.stride(0), hop_, 1},
                                                    padded.storage_offset() + first * hop_);
        at::Tensor frames = width_ == nFft_ ? at::empty({rows, count, nFft_}, padded.options())
                                            : at::zeros({rows, count, nFft_}, padded.options());
        at::Tensor windowed = frames.narrow(2, 0, width_);
        at::mul_out(windowed, slices, window_);
        return at::_fft_r2c(frames, {2}, unscaled, /*onesided=*/true);
    }

    /// Adds the moduli to `sum` and, if defined, their gradient to `gradient`; overwrites `spectrum`.
    void addByKernels(const at::Tensor& spectrum, at::Tensor& sum, const at::Tensor& gradient) const {
        sum += sumModuli(spectrum, nFft_, gradient.defined() ? weight_ : 0);
        if (gradient.defined())
            addFrames(inverse(spectrum), window_, hop_, gradient);
    }

    /// Like addByKernels().
    void addByOperators(const at::Tensor& spectrum, at::Tensor& sum, const at::Tensor& gradient) const {
        const at::Tensor moduli = modulus(spectrum);
        sum += moduli.sum();
        if (gradient.defined()) {
            const at::Tensor frames = transposed(spectrum, moduli);
            at::Tensor(gradient) += sumFrames(frames, window_, hop_);
        }
    }

    /// The complex operator also handles values near overflow, but takes longer than the transform and needs
    /// memory for another spectrum.
    static at::Tensor modulus(const at::Tensor& spectrum) {
        const at::Tensor parts = at::view_as_real(spectrum);
        const at::Tensor imaginary = parts.select(-1, 1);
        return parts.select(-1, 0).square().addcmul_(imaginary, imaginary).sqrt_();
    }

    /// The gradient with respect to the frames before windowing; overwrites `spectrum` and `moduli`. The
    /// inverse of a one-sided transform counts every bin twice except the first and, for an even length, the
    /// last.
    at::Tensor transposed(const at::Tensor& spectrum, const at::Tensor& moduli) const {
        // Below this, squares are denormal in float32, and the gradient decreases to 0.
        constexpr double smallest = 1e-18;
        const at::Tensor factor = moduli.clamp_min_(smallest).reciprocal_().mul_(weight_ / 2);
        for (const std::int64_t part : {0, 1})
            at::view_as_real(spectrum).select(-1, part).mul_(factor);
        spectrum.narrow(2, 0, 1).mul_(2);
        if (nFft_ % 2 == 0)
            spectrum.narrow(2, bins() - 1, 1).mul_(2);
        return inverse(spectrum);
    }

    at::Tensor inverse(const at::Tensor& spectrum) const {
        return at::_fft_c2r(spectrum, {2}, unscaled, nFft_).narrow(2, 0, width_);
    }

    const at::Tensor& error_;
    bool usesCudaKernels_;
    const at::Tensor& window_;
    std::int64_t nFft_;
    std::int64_t hop_;
    std::int64_t width_;
    std::int64_t before_; ///< samples of a window before the center of its frame
    std::int64_t frames_;
    double weight_;
};

/// The time-domain loss, and its gradient if requested.
struct TimeLoss {
    at::Tensor value; ///< 0-dim
    at::Tensor gradient;
};

TimeLoss timeMean(const at::Tensor& error, double lambda, bool wantsGradient) {
    const double weight = lambda / static_cast<double>(error.numel());
    return {error.abs().sum().mul_(weight), wantsGradient ? error.sign().mul_(weight) : at::Tensor()};
}

/// @param error [rows, samples]
TimeLoss timeRms(const at::Tensor& error, double lambda, bool wantsGradient) {
    // Below this, squares are denormal in float32, and the gradient decreases to 0.
    constexpr double smallest = 1e-18;
    at::Tensor squares = error.square();
    const at::Tensor rms = squares.mean(1, /*keepdim=*/true).sqrt_();
    TimeLoss loss{rms.mean().mul_(lambda), {}};
    if (wantsGradient) {
        const double weight = lambda / static_cast<double>(error.numel());
        at::mul_out(squares, error, rms.clamp_min_(smallest).reciprocal_().mul_(weight));
        loss.gradient = std::move(squares);
    }
    return loss;
}

struct LossFunction : torch::autograd::Function<LossFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& estimate, const at::Tensor& target,
                              const LossConfig& config,
                              const std::vector<SeparationLoss::Resolution>& resolutions, ScanForm form) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        const at::Tensor error = (estimate - target).view({-1, estimate.size(-1)});
        auto [loss, gradient] = config.timeError == TimeError::MeanModulus
                                    ? timeMean(error, config.lambdaTime, estimate.requires_grad())
                                    : timeRms(error, config.lambdaTime, estimate.requires_grad());
        for (const auto& resolution : resolutions)
            loss += SpectralMean(error, resolution, config.stftHop, form).evaluate(gradient);
        if (gradient.defined())
            context->save_for_backward({gradient.view_as(estimate)});
        return loss;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        return {context->get_saved_variables()[0] * gradients[0], Variable(), Variable(), Variable(),
                Variable()};
    }
};

} // namespace

SeparationLoss::SeparationLoss(const LossConfig& config, const at::TensorOptions& options,
                               std::int64_t shortestTransform)
    : config_(config) {
    for (const std::int64_t window : config.stftWindows) {
        resolutions_.push_back(
            {at::hann_window(window, /*periodic=*/true, options), std::max(window, shortestTransform)});
    }
}

at::Tensor SeparationLoss::operator()(const at::Tensor& estimate, const at::Tensor& target,
                                      ScanForm form) const {
    TORCH_CHECK(estimate.sizes() == target.sizes(), "the estimate has shape ", estimate.sizes(),
                ", the target ", target.sizes());
    for (const auto& resolution : resolutions_) {
        if (estimate.size(-1) <= (resolution.window.size(0) + 1) / 2) {
            throw Error(
                ErrorKind::Input,
                fmt::format("a segment of {} samples is too short for a loss with an STFT window of {}",
                            estimate.size(-1), resolution.window.size(0)),
                {}, "Raise audio.segment_length, or remove the window from loss.stft_windows.");
        }
    }
    return LossFunction::apply(estimate, target, config_, resolutions_, form);
}

} // namespace headroom
