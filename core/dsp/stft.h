#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace headroom {

/// Short-time Fourier transform as the model and its loss use it: periodic Hann window, centred frames,
/// reflected edges, one-sided, not normalised; the same numbers as torch.stft and torch.istft, but frames
/// before bins. Differentiable. Any thread.
class Stft {
public:
    /// @param window samples of the Hann window, at most nFft; a shorter one is centred in the frame
    /// @param options device and real dtype of the signals
    Stft(std::int64_t nFft, std::int64_t hop, std::int64_t window, const at::TensorOptions& options);

    /// @param signal [..., samples], more than nFft / 2 samples
    /// @return complex [..., frames, nFft / 2 + 1], frames = samples / hop + 1
    at::Tensor forward(const at::Tensor& signal) const;

    /// The inverse by overlap-add over the windows' energy.
    /// @param spectrogram complex [..., frames, nFft / 2 + 1]
    /// @param samples length of the result; without it hop * (frames - 1)
    at::Tensor inverse(const at::Tensor& spectrogram, std::optional<std::int64_t> samples = {}) const;

private:
    std::int64_t nFft_;
    std::int64_t hop_;
    at::Tensor window_; ///< [window]
};

} // namespace headroom
