// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/playback_audio.h"

#include "core/support/error.h"
#include "core/support/log.h"
#include "core/support/scratch_file.h"

#include <algorithm>
#include <array>
#include <iterator>
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
    Piece piece{frames_, framesOf(block), std::move(block)};
    frames_ += piece.frames;
    if (frames_ > framesInMemory) {
        if (const auto offset = writeToFile(*piece.block)) {
            piece.offset = *offset;
            piece.block.reset();
        }
    }
    pieces_.push_back(std::move(piece));
}

std::optional<std::int64_t> PlaybackAudio::writeToFile(const std::vector<float>& samples) {
    try {
        if (!file_)
            file_ = std::make_shared<ScratchFile>();
        return file_->append(std::as_bytes(std::span(samples)));
    } catch (const Error& error) {
        log(LogCategory::Data, LogLevel::Warning, "long audio stays in memory: " + error.message());
        return std::nullopt;
    }
}

void PlaybackAudio::addTo(std::span<float> out, std::int64_t begin, float gain) const {
    const std::int64_t end = std::min(begin + static_cast<std::int64_t>(out.size()) / channels, frames_);
    auto piece = std::ranges::upper_bound(pieces_, std::max<std::int64_t>(begin, 0), {}, &Piece::begin);
    if (piece == pieces_.begin())
        return;
    for (--piece; piece != pieces_.end() && piece->begin < end; ++piece) {
        const std::int64_t from = std::max(begin, piece->begin);
        const std::int64_t to = std::min(end, piece->begin + piece->frames);
        if (from < to)
            addPiece(*piece, from, out.subspan((from - begin) * channels, (to - from) * channels), gain);
    }
}

/// Adds the frames of a piece from `from` on to `target`.
void PlaybackAudio::addPiece(const Piece& piece, std::int64_t from, std::span<float> target,
                             float gain) const {
    const std::int64_t first = (from - piece.begin) * channels;
    const auto add = [&](const float* samples, std::int64_t at, std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i)
            target[at + i] += gain * samples[i];
    };
    const auto count = static_cast<std::int64_t>(target.size());
    if (piece.block) {
        add(piece.block->data() + first, 0, count);
        return;
    }
    std::array<float, 4096> samples{};
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t some = std::min(std::ssize(samples), count - done);
        try {
            file_->read(piece.offset + (first + done) * static_cast<std::int64_t>(sizeof(float)),
                        std::as_writable_bytes(std::span(samples).first(some)));
        } catch (const Error& error) {
            log(LogCategory::Data, LogLevel::Error, error.message());
            return;
        }
        add(samples.data(), done, some);
        done += some;
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
