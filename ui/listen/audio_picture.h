// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/peak_pyramid.h"

#include <QImage>
#include <QObject>

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

namespace headroom::ui {

class ListenBridge;
class TileQueue;

/// The waveform peaks and spectrogram tiles of audio, computed in the background: peaks as the audio grows,
/// tiles on request. GUI thread.
class AudioPicture : public QObject {
    Q_OBJECT

public:
    static constexpr int tileColumns = 256;
    static constexpr int tileRows = 128;

    AudioPicture(ListenBridge& bridge, TileQueue& tiles);
    ~AudioPicture() override;

    /// @param number changes with different audio; the same number means the same audio, possibly longer
    void setAudio(std::uint64_t number, const AudioSum& audio, int sampleRate);
    const AudioSum& audio() const { return audio_; }
    std::int64_t frames() const { return frames_; }
    const PeakPyramid& peaks() const { return peaks_; }

    /// The tile of the frames [index, index + 1) * tileColumns * hop, with levels as in SpectrogramTile, one
    /// byte each. Requests a missing or outdated tile and emits changed() when it arrives. Returns null if
    /// there is none yet, or the outdated tile.
    const QImage* tile(FrequencyScale scale, std::int64_t hop, std::int64_t index);
    /// The mean power of the available tiles over the frames [from, to) in band `band` of `bands` bands of
    /// equal height, lowest first. Absent without tiles.
    std::optional<double> power(FrequencyScale scale, std::int64_t hop, double from, double to, int band,
                                int bands) const;
    /// Requests the loudness of the whole audio, unless it is known or pending.
    void measureLoudness();
    /// Absent before it is measured, and after the audio has grown.
    const std::optional<LoudnessAnswer>& loudness() const { return loudness_; }
    /// Lets tile() request pending tiles again. Call after TileQueue::clear().
    void forgetPendingTiles() { pendingTiles_.clear(); }

Q_SIGNALS:
    void changed();
    void loudnessMeasured();

private:
    using Key = std::tuple<FrequencyScale, std::int64_t, std::int64_t>; ///< scale, hop, index
    struct Drawn {
        QImage image;
        std::int64_t frames = 0; ///< of the tile that were available
    };

    struct PendingTile {
        std::int64_t frames = 0;  ///< of the tile
        std::uint64_t number = 0; ///< of the request
    };

    void requestPeaks();
    void requestTile(const Key& key, std::int64_t frames);

    ListenBridge& bridge_;
    TileQueue& tiles_;
    std::uint64_t number_ = 0;
    AudioSum audio_;
    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    PeakPyramid peaks_;
    std::uint64_t peakRequest_ = 0;     ///< number of the pending request for peaks; 0: none
    std::int64_t peakFrames_ = 0;       ///< frames whose peaks are available or pending
    std::uint64_t loudnessRequest_ = 0; ///< number of the newest request; 0: none
    std::optional<LoudnessAnswer> loudness_;
    std::map<Key, Drawn> drawn_;
    std::map<Key, PendingTile> pendingTiles_;
};

} // namespace headroom::ui
