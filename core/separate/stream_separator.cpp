// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/stream_separator.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/support/error.h"

#include <algorithm>

namespace headroom {
namespace {

AudioBuffer joined(const AudioBuffer& head, const AudioBuffer& tail) {
    AudioBuffer audio(head.channels(), head.frames() + tail.frames());
    for (int c = 0; c < audio.channels(); ++c) {
        std::ranges::copy(head.channel(c), audio.channel(c).begin());
        std::ranges::copy(tail.channel(c), audio.channel(c).begin() + head.frames());
    }
    return audio;
}

AudioBuffer first(const AudioBuffer& audio, std::int64_t frames) {
    AudioBuffer part(audio.channels(), frames);
    for (int c = 0; c < audio.channels(); ++c)
        std::copy_n(audio.channel(c).begin(), frames, part.channel(c).begin());
    return part;
}

} // namespace

StreamSeparator::StreamSeparator(const SegmentModel& model, int sampleRate, int channels, std::string name)
    : name_(std::move(name)), sampleRate_(sampleRate), channels_(channels), modelChannels_(model.channels),
      toModel_(sampleRate, model.sampleRate, model.channels), overlapAdd_(model, model.channels) {
    withChannels(AudioBuffer(channels, 0), modelChannels_, name_);
    block_ = std::max<std::int64_t>(1, overlapAdd_.hopFrames() * sampleRate / model.sampleRate);
    for (std::size_t s = 0; s < model.stems.size(); ++s)
        fromModel_.emplace_back(model.sampleRate, sampleRate, model.channels);
}

std::vector<AudioBuffer> StreamSeparator::process(const AudioBuffer& input) {
    // Check before resampling, which spreads bad samples.
    BadSamples bad;
    bad.add(input, received_);
    if (bad.any())
        throw Error(ErrorKind::Input, bad.describe(sampleRate_), name_, badSamplesRemedy);
    received_ += input.frames();
    return deliver(overlapAdd_.process(toModel_.process(withChannels(input, modelChannels_, name_))), false);
}

std::vector<AudioBuffer> StreamSeparator::finish() {
    const std::vector<AudioBuffer> early = overlapAdd_.process(toModel_.finish());
    const std::vector<AudioBuffer> late = overlapAdd_.finish();
    std::vector<AudioBuffer> stems;
    for (std::size_t s = 0; s < early.size(); ++s)
        stems.push_back(joined(early[s], late[s]));
    return deliver(stems, true);
}

std::vector<AudioBuffer> StreamSeparator::deliver(const std::vector<AudioBuffer>& stems, bool last) {
    std::vector<AudioBuffer> converted;
    for (std::size_t s = 0; s < stems.size(); ++s) {
        AudioBuffer audio = fromModel_[s].process(stems[s]);
        if (last)
            audio = joined(audio, fromModel_[s].finish());
        // Resampling twice rounds the length up twice. Cut to the length of the input.
        const std::int64_t remaining = received_ - delivered_;
        if (audio.frames() > remaining)
            audio = first(audio, remaining);
        converted.push_back(withChannels(std::move(audio), channels_, name_));
    }
    delivered_ += converted.front().frames();
    return converted;
}

} // namespace headroom
