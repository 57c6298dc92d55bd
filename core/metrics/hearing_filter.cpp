// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/hearing_filter.h"

#include "core/metrics/projection.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headroom {
namespace {

constexpr std::int64_t hearingTaps = 4000;
constexpr std::int64_t hearingDelay = hearingTaps / 2 - 1; ///< index of the largest tap
constexpr std::int64_t hearingBlock = 65536;               ///< transform length

double squared(double value) {
    return value * value;
}

/// The frequency x of the analog prototype whose corner is 1, as the bilinear transform maps it.
/// @param angle rad per sample
double prototypeFrequency(double angle, double cornerHz) {
    const double corner = 2 * std::numbers::pi * cornerHz / HearingFilter::sampleRate;
    return std::tan(angle / 2) / std::tan(corner / 2);
}

/// |H|^2 of a shelf of 5 dB with its center at 1.5 kHz and of a peak of 2.5 dB at 500 Hz.
double shelfAndPeakPower(double angle) {
    const double shelfGain = std::pow(10, 5.0 / 40);
    const double shelf = prototypeFrequency(angle, 1500);
    const double shelfDamping = 2 * shelfGain * squared(shelf); // (sqrt(A) x / Q)^2, Q = 1 / sqrt(2)
    const double shelfPower = squared(shelfGain) * (squared(1 - shelfGain * squared(shelf)) + shelfDamping) /
                              (squared(shelfGain - squared(shelf)) + shelfDamping);
    const double peakGain = std::pow(10, 2.5 / 40);
    const double peak = prototypeFrequency(angle, 500);
    const double width = peak * std::numbers::sqrt2 / 1.5; // x / Q
    const double peakPower = (squared(1 - squared(peak)) + squared(width * peakGain)) /
                             (squared(1 - squared(peak)) + squared(width / peakGain));
    return shelfPower * peakPower;
}

/// The magnitude of the filter: with Butterworth filters of the second order at 120 Hz, and of the first
/// order, forwards and backwards, at 10 kHz.
double hearingMagnitude(double angle) {
    const double high = squared(squared(prototypeFrequency(angle, 120)));
    const double low = 1 / (1 + squared(prototypeFrequency(angle, 10000)));
    return std::sqrt(shelfAndPeakPower(angle) * high / (1 + high)) * low;
}

/// The published taps come from `magnitudes + 1` evenly spaced frequencies without the highest one, taken as
/// if they included it. Scores are compared with others, so that is kept.
std::vector<double> hearingResponse() {
    constexpr std::int64_t magnitudes = 4097;
    at::Tensor half = at::zeros({magnitudes}, at::kDouble);
    double* out = half.mutable_data_ptr<double>();
    for (std::int64_t k = 0; k < magnitudes; ++k)
        out[k] = hearingMagnitude(std::numbers::pi * static_cast<double>(k) / magnitudes);
    const at::Tensor circular = at::fft_irfft(at::complex(half, at::zeros_like(half)), 2 * (magnitudes - 1));
    const at::Tensor taps = circular.roll(hearingDelay).slice(0, 0, hearingTaps).contiguous();
    const double* first = taps.const_data_ptr<double>();
    return {first, first + hearingTaps};
}

} // namespace

HearingFilter::HearingFilter() {
    const at::NoGradGuard noGradients;
    taps_ = hearingResponse();
    spectrum_ = at::fft_rfft(at::from_blob(taps_.data(), {hearingTaps}, at::kDouble), hearingBlock);
}

void HearingFilter::apply(std::span<const float> samples,
                          const std::function<void(std::span<const double>)>& take) const {
    const at::NoGradGuard noGradients;
    constexpr std::int64_t step = hearingBlock - (hearingTaps - 1);
    at::Tensor block = at::zeros({hearingBlock}, at::kDouble);
    for (std::int64_t begin = 0; begin < std::ssize(samples); begin += step) {
        // Sample n of the result needs the inputs n + delay - 3999 ... n + delay.
        const std::int64_t first = begin + hearingDelay - (hearingTaps - 1);
        block.zero_();
        copyBlock({samples}, first, first + hearingBlock, block.mutable_data_ptr<double>(), hearingBlock);
        const at::Tensor filtered = at::fft_irfft(at::fft_rfft(block) * spectrum_, hearingBlock).contiguous();
        const std::int64_t count = std::min(step, std::ssize(samples) - begin);
        take({filtered.const_data_ptr<double>() + (hearingTaps - 1), static_cast<std::size_t>(count)});
    }
}

} // namespace headroom
