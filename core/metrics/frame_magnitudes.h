// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace headroom {

/// The STFT of torch.stft with centered frames, in double, a few frames at a time, so that memory does not
/// depend on the length. One thread.
class FrameMagnitudes {
public:
    enum class Taper {
        None, ///< rectangular windows, reflection at both ends
        Hann, ///< periodic Hann windows, zeros beyond both ends
    };

    FrameMagnitudes(std::int64_t nFft, std::int64_t hop, Taper taper);

    /// Frames of a signal of this many samples.
    std::int64_t frames(std::int64_t samples) const { return samples / hop_ + 1; }

    /// The magnitudes of the frames [first, last) of a signal of `length` samples, which has zeros after
    /// those given. With reflection, `length` must exceed nFft / 2.
    /// @return float64 [last - first, nFft / 2 + 1]
    at::Tensor of(std::span<const float> samples, std::int64_t length, std::int64_t first,
                  std::int64_t last) const;

private:
    std::int64_t nFft_;
    std::int64_t hop_;
    bool reflects_;
    at::Tensor window_; ///< [nFft]
};

} // namespace headroom
