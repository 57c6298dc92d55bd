// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/downmix_decoder.h"

#include <utility>

namespace headroom {

DownmixDecoder::DownmixDecoder(std::unique_ptr<AudioDecoder> decoder, Downmix downmix)
    : decoder_(std::move(decoder)), downmix_(std::move(downmix)), info_(decoder_->info()) {
    info_.channels = 2;
    info_.notice += (info_.notice.empty() ? "" : "; ") + downmix_.text();
}

std::int64_t DownmixDecoder::read(std::span<float> interleaved) {
    const std::size_t frames = interleaved.size() / 2;
    surround_.resize(frames * static_cast<std::size_t>(downmix_.channels()));
    const std::int64_t got = decoder_->read(surround_);
    downmix_.mix(surround_, interleaved.first(static_cast<std::size_t>(2 * got)));
    return got;
}

} // namespace headroom
