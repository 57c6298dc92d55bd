// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/time_pitch.h"

#include <rubberband/RubberBandStretcher.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace headroom {
namespace {

using RubberBand::RubberBandStretcher;

constexpr std::size_t blockFrames = 4096;

/// Output before and after what is kept: longer than the windows of the library.
std::int64_t marginFrames(int sampleRate) {
    return sampleRate / 10;
}

/// Takes the output that is ready: the first `skipped` frames are dropped, then `output` is filled, and what
/// follows is dropped.
class OutputTaker {
public:
    OutputTaker(AudioBuffer& output, std::int64_t skipped) : output_(output), position_(-skipped) {}

    void takeFrom(RubberBandStretcher& stretcher) {
        // -1: the output has ended.
        for (int ready = stretcher.available(); ready > 0; ready = stretcher.available()) {
            block_.resize(static_cast<std::size_t>(ready) * output_.channels());
            std::vector<float*> channels;
            for (int c = 0; c < output_.channels(); ++c)
                channels.push_back(block_.data() + static_cast<std::ptrdiff_t>(c) * ready);
            const auto taken = static_cast<std::int64_t>(stretcher.retrieve(channels.data(), ready));
            const std::int64_t from = std::max<std::int64_t>(0, -position_);
            const std::int64_t to = std::min(taken, output_.frames() - position_);
            for (int c = 0; c < output_.channels() && from < to; ++c)
                std::copy(channels[c] + from, channels[c] + to,
                          output_.channel(c).subspan(position_ + from).begin());
            position_ += taken;
        }
    }

private:
    AudioBuffer& output_;
    std::int64_t position_; // of the next frame, in `output_`
    std::vector<float> block_;
};

} // namespace

std::int64_t TimePitch::inputFrames(std::int64_t outputFrames, int sampleRate) const {
    if (isOff())
        return outputFrames;
    const std::int64_t whole = outputFrames + 2 * marginFrames(sampleRate);
    return static_cast<std::int64_t>(std::ceil(static_cast<double>(whole) * tempo));
}

AudioBuffer TimePitch::apply(AudioBuffer input, std::int64_t outputFrames, int sampleRate) const {
    if (isOff())
        return input;
    AudioBuffer output(input.channels(), outputFrames);
    if (input.peak() == 0)
        return output;
    constexpr int options =
        RubberBandStretcher::OptionProcessOffline | RubberBandStretcher::OptionEngineFiner |
        RubberBandStretcher::OptionThreadingNever | RubberBandStretcher::OptionChannelsTogether;
    RubberBandStretcher stretcher(static_cast<std::size_t>(sampleRate),
                                  static_cast<std::size_t>(input.channels()), options, 1 / tempo,
                                  std::exp2(semitones / 12));
    const auto frames = static_cast<std::size_t>(input.frames());
    stretcher.setExpectedInputDuration(frames);
    stretcher.setMaxProcessSize(blockFrames);
    OutputTaker taker(output, marginFrames(sampleRate));
    for (std::size_t first = 0; first < frames; first += blockFrames) {
        const std::size_t count = std::min(blockFrames, frames - first);
        std::vector<const float*> channels;
        for (int c = 0; c < input.channels(); ++c)
            channels.push_back(input.channel(c).subspan(first).data());
        stretcher.process(channels.data(), count, first + count == frames);
        taker.takeFrom(stretcher);
    }
    return output;
}

} // namespace headroom
