// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace headroom {

/// Short-time Fourier transform of the model and its loss: periodic Hann window, centered frames, reflection
/// padding, one-sided, not normalized. Equals torch.stft and torch.istft, but with frames before bins.
/// Differentiable. Any thread.
class Stft {
public:
    /// @param window length of the Hann window, at most nFft; a shorter one is centered in the frame
    /// @param options device and real dtype of the signals
    Stft(std::int64_t nFft, std::int64_t hop, std::int64_t window, const at::TensorOptions& options);

    /// Throws Error (Input) for nFft / 2 samples or fewer.
    /// @param signal [..., samples]
    /// @return complex [..., frames, nFft / 2 + 1], frames = samples / hop + 1
    at::Tensor forward(const at::Tensor& signal) const;

    /// Inverse by overlap-add, normalized by the summed energy of the windows.
    /// @param spectrogram complex [..., frames, nFft / 2 + 1]
    /// @param samples length of the result; default hop * (frames - 1)
    at::Tensor inverse(const at::Tensor& spectrogram, std::optional<std::int64_t> samples = {}) const;

private:
    std::int64_t nFft_;
    std::int64_t hop_;
    at::Tensor window_; ///< [window]
};

} // namespace headroom
