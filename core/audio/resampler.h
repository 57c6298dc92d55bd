#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <memory>

namespace headroom {

/// Streaming change of the sample rate (soxr, linear phase). Output frame k is the sound
/// at input time k * inputRate / outputRate: the delay of the filter is compensated. Equal rates pass
/// untouched. The same input gives the same output however it is cut into blocks. One thread at a time.
class Resampler {
public:
    /// soxr's recipes of these names: noise below that of 24 bits, or below that of 16 bits in half the time.
    enum class Quality { VeryHigh, High };

    /// Rates in Hz. Throws Error (Failure) where soxr cannot be set up.
    Resampler(int inputRate, int outputRate, int channels, Quality quality = Quality::VeryHigh);
    Resampler(Resampler&&) noexcept;
    Resampler& operator=(Resampler&&) noexcept;
    ~Resampler();

    /// ceil(inputFrames * outputRate / inputRate): every instant of the input is covered, and going there and
    /// back never gives fewer frames than there were.
    static std::int64_t outputFrames(std::int64_t inputFrames, int inputRate, int outputRate);

    /// Takes input, gives the output that is ready, which may be nothing.
    AudioBuffer process(const AudioBuffer& input);

    /// Ends the input and gives the rest: outputFrames(all input) in all.
    AudioBuffer finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
