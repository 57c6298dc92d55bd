#include "core/audio/resampler.h"

#include "core/support/error.h"

#include <fmt/format.h>
#include <soxr.h>

#include <algorithm>
#include <vector>

namespace headroom {
namespace {

struct DeleteSoxr {
    void operator()(soxr* handle) const { soxr_delete(handle); }
};

} // namespace

struct Resampler::State {
    int inputRate;
    int outputRate;
    int channels;
    std::unique_ptr<soxr, DeleteSoxr> handle = nullptr; // none where the rates are equal
    std::int64_t taken = 0;
    std::int64_t given = 0;

    AudioBuffer run(const AudioBuffer& input, std::int64_t mostFrames);
};

Resampler::Resampler(int inputRate, int outputRate, int channels, Quality quality)
    : state_(std::make_unique<State>(State{inputRate, outputRate, channels})) {
    if (inputRate == outputRate)
        return;
    soxr_error_t error = nullptr;
    const soxr_io_spec_t planar = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
    const soxr_quality_spec_t recipe = soxr_quality_spec(quality == Quality::High ? SOXR_HQ : SOXR_VHQ, 0);
    const soxr_runtime_spec_t oneThread = soxr_runtime_spec(1);
    state_->handle.reset(soxr_create(inputRate, outputRate, static_cast<unsigned>(channels), &error, &planar,
                                     &recipe, &oneThread));
    if (error != nullptr) {
        throw Error(ErrorKind::Failure,
                    fmt::format("cannot resample from {} to {} Hz: {}", inputRate, outputRate, error));
    }
}

Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

std::int64_t Resampler::outputFrames(std::int64_t inputFrames, int inputRate, int outputRate) {
    return (inputFrames * outputRate + inputRate - 1) / inputRate;
}

/// Feeds `input` and takes what is ready, up to mostFrames.
AudioBuffer Resampler::State::run(const AudioBuffer& input, std::int64_t mostFrames) {
    AudioBuffer output(channels, mostFrames);
    std::vector<const float*> from(channels);
    std::vector<float*> to(channels);
    std::int64_t used = 0;
    std::int64_t made = 0;
    for (bool moved = true; moved && made < mostFrames;) {
        for (int c = 0; c < channels; ++c) {
            from[c] = input.channel(c).data() + used;
            to[c] = output.channel(c).data() + made;
        }
        std::size_t in = 0;
        std::size_t out = 0;
        soxr_process(handle.get(), from.data(), input.frames() - used, &in, to.data(), mostFrames - made,
                     &out);
        used += static_cast<std::int64_t>(in);
        made += static_cast<std::int64_t>(out);
        moved = in > 0 || out > 0;
    }
    given += made;
    AudioBuffer ready(channels, made);
    for (int c = 0; c < channels; ++c)
        std::ranges::copy(output.channel(c).first(made), ready.channel(c).begin());
    return ready;
}

AudioBuffer Resampler::process(const AudioBuffer& input) {
    State& state = *state_;
    state.taken += input.frames();
    if (!state.handle || input.frames() == 0)
        return input;
    // soxr takes only as much input as the room for output allows: leave it more than enough.
    constexpr std::int64_t slack = 64;
    return state.run(input,
                     outputFrames(state.taken, state.inputRate, state.outputRate) - state.given + slack);
}

AudioBuffer Resampler::finish() {
    State& state = *state_;
    if (!state.handle)
        return AudioBuffer(state.channels, 0);
    // Silence behind the end pushes the rest out of the filter, whatever its delay.
    constexpr std::int64_t silenceFrames = 4096;
    const AudioBuffer silence(state.channels, silenceFrames);
    const std::int64_t target = outputFrames(state.taken, state.inputRate, state.outputRate);
    AudioBuffer rest(state.channels, target - state.given);
    for (std::int64_t done = 0; done < rest.frames();) {
        const AudioBuffer piece = state.run(silence, rest.frames() - done);
        for (int c = 0; c < state.channels; ++c)
            std::ranges::copy(piece.channel(c), rest.channel(c).begin() + done);
        done += piece.frames();
    }
    return rest;
}

} // namespace headroom
