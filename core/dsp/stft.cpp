// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/stft.h"

#include "core/dsp/frame_sum.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

constexpr int kUnscaled = 0; // ATen's fft_norm_mode::none

struct Frames {
    std::int64_t nFft;
    std::int64_t hop;
    std::int64_t window;

    std::int64_t padding() const { return nFft / 2; }           ///< reflected samples at each edge
    std::int64_t margin() const { return (nFft - window) / 2; } ///< zeros before the window in a frame
};

/// Cuts padded signals [rows, samples] into windowed frames [rows, frames, nFft].
at::Tensor windowed(const at::Tensor& padded, std::int64_t count, const at::Tensor& window, Frames frames) {
    const auto rows = padded.size(0);
    const at::Tensor slices =
        padded.as_strided({rows, count, frames.window}, {padded.stride(0), frames.hop, 1},
                          padded.storage_offset() + frames.margin());
    if (frames.window == frames.nFft)
        return slices * window;
    at::Tensor whole = at::zeros({rows, count, frames.nFft}, padded.options());
    at::Tensor middle = whole.narrow(2, frames.margin(), frames.window);
    at::mul_out(middle, slices, window);
    return whole;
}

/// Scales the first and last bin by `edges` and all others by `inside`. In the one-sided spectrum of a real
/// signal, each inner bin represents two.
at::Tensor scaledBins(const at::Tensor& spectrum, double inside, double edges) {
    const auto bins = spectrum.size(-1);
    const at::Tensor weight =
        at::full({2 * bins}, inside, spectrum.options().dtype(c10::toRealValueType(spectrum.scalar_type())));
    weight.narrow(0, 0, 2).fill_(edges);
    weight.narrow(0, 2 * bins - 2, 2).fill_(edges);
    const at::Tensor parts = at::view_as_real(spectrum.resolve_conj()).flatten(-2);
    return at::view_as_complex((parts * weight).unflatten(-1, {bins, 2}));
}

struct Forward : torch::autograd::Function<Forward> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& signal, const at::Tensor& window,
                              std::int64_t nFft, std::int64_t hop) {
        const Frames frames{nFft, hop, window.size(0)};
        context->save_for_backward({signal, window});
        context->saved_data["nFft"] = nFft;
        context->saved_data["hop"] = hop;
        const at::Tensor padded = at::reflection_pad1d(signal, {frames.padding(), frames.padding()});
        return at::_fft_r2c(windowed(padded, signal.size(1) / hop + 1, window, frames), {2}, kUnscaled, true);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const at::Tensor& signal = saved[0];
        const at::Tensor& window = saved[1];
        const Frames frames{context->saved_data["nFft"].toInt(), context->saved_data["hop"].toInt(),
                            window.size(0)};
        const at::Tensor whole = at::_fft_c2r(scaledBins(gradients[0], 0.5, 1), {2}, kUnscaled, frames.nFft);
        const at::Tensor sum = sumFrames(whole.narrow(2, frames.margin(), frames.window), window, frames.hop);
        const auto trailing = signal.size(1) + frames.nFft - frames.margin() - sum.size(1);
        const at::Tensor padded = at::constant_pad_nd(sum, {frames.margin(), trailing});
        return {at::reflection_pad1d_backward(padded, signal, {frames.padding(), frames.padding()}),
                Variable(), Variable(), Variable()};
    }
};

struct Inverse : torch::autograd::Function<Inverse> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& spectrogram,
                              const at::Tensor& window, const at::Tensor& energy, std::int64_t nFft,
                              std::int64_t hop) {
        const Frames frames{nFft, hop, window.size(0)};
        context->save_for_backward({window, energy});
        context->saved_data["nFft"] = nFft;
        context->saved_data["hop"] = hop;
        context->saved_data["frames"] = spectrogram.size(1);
        const at::Tensor whole = at::_fft_c2r(spectrogram, {2}, kUnscaled, nFft);
        const at::Tensor sum = sumFrames(whole.narrow(2, frames.margin(), frames.window), window, frames.hop);
        return sum.narrow(1, frames.padding() - frames.margin(), energy.size(0)) / energy;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const at::Tensor& window = saved[0];
        const at::Tensor& energy = saved[1];
        const Frames frames{context->saved_data["nFft"].toInt(), context->saved_data["hop"].toInt(),
                            window.size(0)};
        const auto count = context->saved_data["frames"].toInt();
        const auto trailing = frames.nFft + frames.hop * (count - 1) - frames.padding() - energy.size(0);
        const at::Tensor padded = at::constant_pad_nd(gradients[0] / energy, {frames.padding(), trailing});
        const at::Tensor spectrum =
            at::_fft_r2c(windowed(padded, count, window, frames), {2}, kUnscaled, true);
        return {scaledBins(spectrum, 2, 1), Variable(), Variable(), Variable(), Variable()};
    }
};

} // namespace

Stft::Stft(std::int64_t nFft, std::int64_t hop, std::int64_t window, const at::TensorOptions& options)
    : nFft_(nFft), hop_(hop), window_(at::hann_window(window, /*periodic=*/true, options)) {
    TORCH_CHECK(hop >= 1 && window >= 1 && window <= nFft && nFft % 2 == 0, "invalid STFT: ", nFft,
                " points, hop ", hop, ", window ", window);
}

at::Tensor Stft::forward(const at::Tensor& signal) const {
    const auto samples = signal.size(-1);
    if (samples <= nFft_ / 2) {
        throw Error(ErrorKind::Input, "a signal of " + std::to_string(samples) +
                                          " samples is too short for a transform of " +
                                          std::to_string(nFft_) + " points");
    }
    const at::Tensor spectrogram = Forward::apply(signal.reshape({-1, samples}), window_, nFft_, hop_);
    auto shape = signal.sizes().vec();
    shape.back() = spectrogram.size(1);
    shape.push_back(spectrogram.size(2));
    return spectrogram.view(shape);
}

at::Tensor Stft::inverse(const at::Tensor& spectrogram, std::optional<std::int64_t> samples) const {
    const auto count = spectrogram.size(-2);
    const auto start = nFft_ / 2 - (nFft_ - window_.size(0)) / 2; // of the signal in the overlap-add sum
    const auto wanted = samples.value_or(hop_ * (count - 1));
    const auto length = std::min(wanted, hop_ * (count - 1) + window_.size(0) - start);
    const at::Tensor energy =
        sumFrames((window_ * nFft_).expand({1, count, -1}), window_, hop_).flatten().narrow(0, start, length);
    at::Tensor signal =
        Inverse::apply(spectrogram.reshape({-1, count, spectrogram.size(-1)}), window_, energy, nFft_, hop_);
    if (wanted > length)
        signal = at::constant_pad_nd(signal, {0, wanted - length});
    auto shape = spectrogram.sizes().vec();
    shape.pop_back();
    shape.back() = wanted;
    return signal.view(shape);
}

} // namespace headroom
