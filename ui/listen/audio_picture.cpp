#include "ui/listen/audio_picture.h"

#include "ui/bridge/listen_bridge.h"
#include "ui/listen/tile_queue.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace headroom::ui {

AudioPicture::AudioPicture(ListenBridge& bridge, TileQueue& tiles) : bridge_(bridge), tiles_(tiles) {}

AudioPicture::~AudioPicture() {
    tiles_.forget(this);
}

void AudioPicture::setSound(std::uint64_t number, const AudioSum& sound, int sampleRate) {
    if (number != number_) {
        tiles_.forget(this);
        drawn_.clear();
        asked_.clear();
        peaks_.clear();
        peakWork_ = 0;
        peakFrames_ = 0;
        frames_ = 0;
    }
    const bool isNew = number != number_ || sound.frames() != frames_;
    number_ = number;
    sound_ = sound;
    frames_ = sound.frames();
    sampleRate_ = sampleRate;
    if (!isNew)
        return;
    loudnessWork_ = 0;
    loudness_.reset();
    askPeaks();
    Q_EMIT changed();
}

void AudioPicture::askPeaks() {
    if (peakWork_ != 0 || peakFrames_ >= frames_)
        return;
    // The last peak may have been of fewer frames than it can hold.
    const std::int64_t begin = peakFrames_ / framesPerPeak * framesPerPeak;
    peakFrames_ = frames_;
    peakWork_ = bridge_.nextNumber();
    bridge_.listening().findPeaks(peakWork_, sound_, begin, frames_ - begin,
                                  bridge_.onGui<PeaksAnswer>(this, [this](const PeaksAnswer& answer) {
                                      if (answer.number != peakWork_)
                                          return;
                                      peakWork_ = 0;
                                      peaks_.put(answer.begin, answer.peaks);
                                      askPeaks();
                                      Q_EMIT changed();
                                  }));
}

void AudioPicture::measureLoudness() {
    if (loudnessWork_ != 0)
        return;
    loudnessWork_ = bridge_.nextNumber();
    bridge_.listening().measureLoudness(
        loudnessWork_, sound_, sampleRate_,
        bridge_.onGui<LoudnessAnswer>(this, [this](const LoudnessAnswer& answer) {
            if (answer.number != loudnessWork_)
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
    if (frames > 0 && !isWhole && !asked_.contains(key))
        askTile(key, frames);
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
            constexpr double stepsPerBel = 20; // half a decibel each, see SpectrogramTile
            const int steps = found->second.image.constScanLine(row)[column % tileColumns];
            sum += std::pow(10, (steps - 255) / stepsPerBel);
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

void AudioPicture::askTile(const Key& key, std::int64_t frames) {
    // Enough for some screens; far more would be slower to look through than to draw again.
    constexpr std::size_t most = 200;
    if (drawn_.size() > most)
        drawn_.clear();
    asked_[key] = frames;
    const auto [scale, hop, index] = key;
    TileRequest request{0, sound_, sampleRate_, scale, index * tileColumns * hop, hop, tileColumns, tileRows};
    tiles_.want(this, std::move(request), [this, key, frames](const SpectrogramTile& tile) {
        asked_.erase(key);
        QImage image(tile.columns, tile.rows, QImage::Format_Indexed8);
        for (int row = 0; row < tile.rows; ++row)
            std::memcpy(image.scanLine(row), tile.levels.data() + row * tile.columns,
                        static_cast<std::size_t>(tile.columns));
        drawn_[key] = {std::move(image), frames};
        Q_EMIT changed();
    });
}

} // namespace headroom::ui
