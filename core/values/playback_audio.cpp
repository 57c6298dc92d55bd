// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/playback_audio.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace headroom {
namespace {

constexpr std::int64_t channels = 2;

std::int64_t framesOf(const AudioBlock& block) {
    return static_cast<std::int64_t>(block->size()) / channels;
}

} // namespace

void PlaybackAudio::append(AudioBlock block) {
    const std::int64_t count = framesOf(block);
    pieces_.push_back({frames_, std::move(block)});
    frames_ += count;
}

void PlaybackAudio::addTo(std::span<float> out, std::int64_t begin, float gain) const {
    const std::int64_t end = std::min(begin + static_cast<std::int64_t>(out.size()) / channels, frames_);
    auto piece = std::ranges::upper_bound(pieces_, std::max<std::int64_t>(begin, 0), {}, &Piece::begin);
    if (piece == pieces_.begin())
        return;
    for (--piece; piece != pieces_.end() && piece->begin < end; ++piece) {
        const std::int64_t from = std::max(begin, piece->begin);
        const std::int64_t to = std::min(end, piece->begin + framesOf(piece->block));
        const float* samples = piece->block->data() + (from - piece->begin) * channels;
        float* target = out.data() + (from - begin) * channels;
        for (std::int64_t i = 0; i < (to - from) * channels; ++i)
            target[i] += gain * samples[i];
    }
}

std::int64_t AudioSum::frames() const {
    std::int64_t shortest = terms.empty() ? 0 : std::numeric_limits<std::int64_t>::max();
    for (const Term& term : terms)
        shortest = std::min(shortest, term.audio.frames());
    return shortest;
}

std::vector<float> AudioSum::read(std::int64_t begin, std::int64_t frames) const {
    std::vector<float> samples(static_cast<std::size_t>(frames * channels));
    for (const Term& term : terms)
        term.audio.addTo(samples, begin, term.gain);
    return samples;
}

} // namespace headroom
