// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/resampler.h"

#include "core/support/error.h"
#include "core/support/rounding.h"

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
    std::unique_ptr<soxr, DeleteSoxr> handle = nullptr; // null if the rates are equal
    std::int64_t received = 0;                          ///< input frames
    std::int64_t delivered = 0;                         ///< output frames

    AudioBuffer run(const AudioBuffer& input, std::int64_t maximumFrames);
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
    return divideUp(inputFrames * outputRate, inputRate);
}

/// Feeds `input` and returns the output that is ready, up to maximumFrames.
AudioBuffer Resampler::State::run(const AudioBuffer& input, std::int64_t maximumFrames) {
    AudioBuffer output(channels, maximumFrames);
    std::vector<const float*> from(channels);
    std::vector<float*> to(channels);
    std::int64_t used = 0;
    std::int64_t produced = 0;
    for (bool moved = true; moved && produced < maximumFrames;) {
        for (int c = 0; c < channels; ++c) {
            from[c] = input.channel(c).data() + used;
            to[c] = output.channel(c).data() + produced;
        }
        std::size_t in = 0;
        std::size_t out = 0;
        soxr_process(handle.get(), from.data(), input.frames() - used, &in, to.data(),
                     maximumFrames - produced, &out);
        used += static_cast<std::int64_t>(in);
        produced += static_cast<std::int64_t>(out);
        moved = in > 0 || out > 0;
    }
    delivered += produced;
    AudioBuffer ready(channels, produced);
    for (int c = 0; c < channels; ++c)
        std::ranges::copy(output.channel(c).first(produced), ready.channel(c).begin());
    return ready;
}

AudioBuffer Resampler::process(const AudioBuffer& input) {
    State& state = *state_;
    state.received += input.frames();
    if (!state.handle || input.frames() == 0)
        return input;
    // soxr consumes all input only if the output buffer is large enough.
    constexpr std::int64_t slack = 64;
    return state.run(input, outputFrames(state.received, state.inputRate, state.outputRate) -
                                state.delivered + slack);
}

AudioBuffer Resampler::finish() {
    State& state = *state_;
    if (!state.handle)
        return AudioBuffer(state.channels, 0);
    // Silence after the end flushes the filter.
    constexpr std::int64_t silenceFrames = 4096;
    const AudioBuffer silence(state.channels, silenceFrames);
    const std::int64_t target = outputFrames(state.received, state.inputRate, state.outputRate);
    AudioBuffer rest(state.channels, target - state.delivered);
    for (std::int64_t done = 0; done < rest.frames();) {
        const AudioBuffer piece = state.run(silence, rest.frames() - done);
        for (int c = 0; c < state.channels; ++c)
            std::ranges::copy(piece.channel(c), rest.channel(c).begin() + done);
        done += piece.frames();
    }
    return rest;
}

} // namespace headroom
