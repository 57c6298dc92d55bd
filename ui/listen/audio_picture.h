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

/// How one sound looks: its waveform and the tiles of its spectrogram, made in the background as the sound
/// grows and as they are asked for. GUI thread.
class AudioPicture : public QObject {
    Q_OBJECT

public:
    static constexpr int tileColumns = 256;
    static constexpr int tileRows = 128;

    AudioPicture(ListenBridge& bridge, TileQueue& tiles);
    ~AudioPicture() override;

    /// @param number another one means another sound; else it is the same, maybe grown
    void setSound(std::uint64_t number, const AudioSum& sound, int sampleRate);
    const AudioSum& sound() const { return sound_; }
    std::int64_t frames() const { return frames_; }
    const PeakPyramid& peaks() const { return peaks_; }

    /// The tile of the frames [index, index + 1) * tileColumns * hop: levels as in SpectrogramTile, one byte
    /// each. Null where it is not there yet; where the sound has grown, still the one before. What is missing
    /// is asked for, and changed() said when it comes.
    const QImage* tile(FrequencyScale scale, std::int64_t hop, std::int64_t index);
    /// The mean power that the tiles show over the frames [from, to), of one of as many bands of equal
    /// height, the lowest first; absent where none of them is drawn.
    std::optional<double> power(FrequencyScale scale, std::int64_t hop, double from, double to, int band,
                                int bands) const;
    /// Has the loudness of the whole measured, unless it is known or on its way.
    void measureLoudness();
    /// Absent before it is measured, and when the sound has grown since.
    const std::optional<LoudnessAnswer>& loudness() const { return loudness_; }
    /// Tiles that were asked for and are not there yet are to be asked for again.
    void forgetWishes() { asked_.clear(); }

Q_SIGNALS:
    void changed();
    void loudnessMeasured();

private:
    using Key = std::tuple<FrequencyScale, std::int64_t, std::int64_t>; ///< scale, hop, index
    struct Drawn {
        QImage image;
        std::int64_t frames = 0; ///< of the tile that the sound had
    };

    void askPeaks();
    void askTile(const Key& key, std::int64_t frames);

    ListenBridge& bridge_;
    TileQueue& tiles_;
    std::uint64_t number_ = 0;
    AudioSum sound_;
    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    PeakPyramid peaks_;
    std::uint64_t peakWork_ = 0;     ///< number of the peaks that were asked for; 0: none are on their way
    std::int64_t peakFrames_ = 0;    ///< of which peaks are there or on their way
    std::uint64_t loudnessWork_ = 0; ///< number of the measurement that was asked for; 0: none was
    std::optional<LoudnessAnswer> loudness_;
    std::map<Key, Drawn> drawn_;
    std::map<Key, std::int64_t> asked_; ///< frames of the tile
};

} // namespace headroom::ui
