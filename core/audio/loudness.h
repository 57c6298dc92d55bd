#pragma once

#include <memory>
#include <optional>
#include <span>

namespace headroom {

/// Programme loudness by EBU R 128 (ITU-R BS.1770: K-weighted, gated), and the sample peak, of a stereo
/// sound that comes in blocks. One thread at a time.
class LoudnessMeter {
public:
    /// @param sampleRate Hz. Throws Error (Failure) where libebur128 cannot be set up.
    explicit LoudnessMeter(int sampleRate);
    ~LoudnessMeter();

    /// @param samples left and right by turns
    void add(std::span<const float> samples);

    /// LUFS; absent where nothing is louder than the absolute gate of -70 LUFS, or for less than 0.4 s.
    std::optional<double> integrated() const;
    double samplePeak() const; ///< largest magnitude so far

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
