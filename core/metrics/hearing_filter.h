// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace headroom {

/// The frequency weighting of log-WMSE, a symmetric FIR filter of 4,000 taps at 44.1 kHz that resembles the
/// sensitivity of hearing: a high-pass at 120 Hz, 2.5 dB more around 500 Hz, a shelf of 5 dB above 1.5 kHz
/// and a low-pass at 10 kHz. One thread.
class HearingFilter {
public:
    static constexpr int sampleRate = 44100; ///< Hz

    HearingFilter();

    const std::vector<double>& taps() const { return taps_; }

    /// Calls `take` with consecutive blocks of the filtered samples, as many as there are samples, without
    /// delay: each is at the position of its input. Samples beyond both ends count as zeros.
    void apply(std::span<const float> samples,
               const std::function<void(std::span<const double>)>& take) const;

private:
    std::vector<double> taps_;
    at::Tensor spectrum_; ///< of the taps
};

} // namespace headroom
