// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/audio_picture.h"

#include "ui/bridge/listen_bridge.h"
#include "ui/listen/tile_queue.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace headroom::ui {

AudioPicture::AudioPicture(ListenBridge& bridge, TileQueue& tiles) : bridge_(bridge), tiles_(tiles) {}

AudioPicture::~AudioPicture() {
    tiles_.cancel(this);
}

void AudioPicture::setAudio(std::uint64_t number, const AudioSum& audio, int sampleRate) {
    if (number != number_) {
        tiles_.cancel(this);
        drawn_.clear();
        pendingTiles_.clear();
        peaks_.clear();
        peakRequest_ = 0;
        peakFrames_ = 0;
        frames_ = 0;
    }
    const bool isNew = number != number_ || audio.frames() != frames_;
    number_ = number;
    audio_ = audio;
    frames_ = audio.frames();
    sampleRate_ = sampleRate;
    if (!isNew)
        return;
    loudnessRequest_ = 0;
    loudness_.reset();
    requestPeaks();
    Q_EMIT changed();
}

void AudioPicture::requestPeaks() {
    if (peakRequest_ != 0 || peakFrames_ >= frames_)
        return;
    // The last peak may cover fewer frames than the others.
    const std::int64_t begin = peakFrames_ / framesPerPeak * framesPerPeak;
    peakFrames_ = frames_;
    peakRequest_ = bridge_.nextNumber();
    bridge_.listening().findPeaks(peakRequest_, audio_, begin, frames_ - begin,
                                  bridge_.onGui<PeaksAnswer>(this, [this](const PeaksAnswer& answer) {
                                      if (answer.number != peakRequest_)
                                          return;
                                      peakRequest_ = 0;
                                      peaks_.put(answer.begin, answer.peaks);
                                      requestPeaks();
                                      Q_EMIT changed();
                                  }));
}

void AudioPicture::measureLoudness() {
    if (loudnessRequest_ != 0)
        return;
    loudnessRequest_ = bridge_.nextNumber();
    bridge_.listening().measureLoudness(
        loudnessRequest_, audio_, sampleRate_,
        bridge_.onGui<LoudnessAnswer>(this, [this](const LoudnessAnswer& answer) {
            if (answer.number != loudnessRequest_)
                return;
            loudness_ = answer;
            Q_EMIT loudnessMeasured();
        }));
}

const QImage* AudioPicture::tile(FrequencyScale scale, std::int64_t hop, std::int64_t index) {
    const Key key{scale, hop, index};
    const std::int64_t begin = index * tileColumns * hop;
    const std::int64_t frames = std::clamp<std::int64_t>(frames_ - begin, 0, tileColumns * hop);
    const auto found = drawn_.find(key);
    const bool isWhole = found != drawn_.end() && found->second.frames == frames;
    const auto pending = pendingTiles_.find(key);
    // A request for fewer frames would be drawn for nothing.
    const bool isPending = pending != pendingTiles_.end() && pending->second.frames == frames;
    if (frames > 0 && !isWhole && !isPending) {
        if (pending != pendingTiles_.end())
            tiles_.drop(pending->second.number);
        requestTile(key, frames);
    }
    return found != drawn_.end() ? &found->second.image : nullptr;
}

std::optional<double> AudioPicture::power(FrequencyScale scale, std::int64_t hop, double from, double to,
                                          int band, int bands) const {
    const int top = tileRows - (band + 1) * tileRows / bands;
    const int bottom = tileRows - band * tileRows / bands;
    const auto first = static_cast<std::int64_t>(from) / hop;
    const auto last = std::max(first + 1, static_cast<std::int64_t>(to) / hop);
    double sum = 0;
    int count = 0;
    for (std::int64_t column = first; column < last; ++column) {
        const auto found = drawn_.find({scale, hop, column / tileColumns});
        if (found == drawn_.end())
            continue;
        for (int row = top; row < bottom; ++row) {
            constexpr double stepsPerBel = 20; // 0.5 dB each, see SpectrogramTile
            const int steps = found->second.image.constScanLine(row)[column % tileColumns];
            sum += std::pow(10, (steps - 255) / stepsPerBel);
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

void AudioPicture::requestTile(const Key& key, std::int64_t frames) {
    // Enough for a few screens.
    constexpr std::size_t maxTiles = 200;
    if (drawn_.size() > maxTiles)
        drawn_.clear();
    const auto [scale, hop, index] = key;
    TileRequest request{0, audio_, sampleRate_, scale, index * tileColumns * hop, hop, tileColumns, tileRows};
    const auto receive = [this, key, frames](const SpectrogramTile& tile) {
        pendingTiles_.erase(key);
        QImage image(tile.columns, tile.rows, QImage::Format_Indexed8);
        for (int row = 0; row < tile.rows; ++row)
            std::memcpy(image.scanLine(row), tile.levels.data() + std::ptrdiff_t{row} * tile.columns,
                        static_cast<std::size_t>(tile.columns));
        drawn_[key] = {std::move(image), frames};
        Q_EMIT changed();
    };
    pendingTiles_[key] = {frames, tiles_.request(this, std::move(request), receive)};
}

} // namespace headroom::ui
