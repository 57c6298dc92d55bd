// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/frame_magnitudes.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace headroom {
namespace {

/// The position that a signal reflected at both ends has at this one.
std::int64_t reflected(std::int64_t position, std::int64_t length) {
    if (position < 0)
        return -position;
    return position < length ? position : 2 * (length - 1) - position;
}

} // namespace

FrameMagnitudes::FrameMagnitudes(std::int64_t nFft, std::int64_t hop, Taper taper)
    : nFft_(nFft), hop_(hop), reflects_(taper == Taper::None),
      window_(taper == Taper::Hann ? at::hann_window(nFft, at::kDouble) : at::ones({nFft}, at::kDouble)) {}

at::Tensor FrameMagnitudes::of(std::span<const float> samples, std::int64_t length, std::int64_t first,
                               std::int64_t last) const {
    const at::NoGradGuard noGradients;
    at::Tensor frames = at::zeros({last - first, nFft_}, at::kDouble);
    double* out = frames.mutable_data_ptr<double>();
    for (std::int64_t frame = first; frame < last; ++frame) {
        const std::int64_t begin = frame * hop_ - nFft_ / 2;
        for (std::int64_t i = 0; i < nFft_; ++i, ++out) {
            const std::int64_t position = reflects_ ? reflected(begin + i, length) : begin + i;
            if (position >= 0 && position < std::min(length, std::ssize(samples)))
                *out = samples[static_cast<std::size_t>(position)];
        }
    }
    return at::abs(at::fft_rfft(frames * window_));
}

} // namespace headroom
