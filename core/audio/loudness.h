// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <span>

namespace headroom {

/// Integrated loudness (EBU R 128, ITU-R BS.1770: K-weighted, gated) and sample peak of stereo audio, fed in
/// blocks. One thread at a time.
class LoudnessMeter {
public:
    /// Throws Error (Failure) if libebur128 does not support the rate.
    /// @param sampleRate Hz
    explicit LoudnessMeter(int sampleRate);
    ~LoudnessMeter();

    /// @param samples interleaved stereo
    void add(std::span<const float> samples);

    /// In LUFS. Absent below the absolute gate of -70 LUFS, or for less than 0.4 s of audio.
    std::optional<double> integrated() const;
    double samplePeak() const; ///< largest absolute sample so far

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
