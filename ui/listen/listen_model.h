#pragma once

#include "core/view/blind_test.h"
#include "ui/listen/lane.h"
#include "ui/listen/song_model.h"
#include "ui/listen/source_metering.h"
#include "ui/listen/source_slot.h"

#include <QObject>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace headroom::ui {

class ListenBridge;
class Mixer;

/// All that one listens to: a song in lanes, the two sources that are compared, which of them is heard, and
/// at what level. Keeps the mixer in step. GUI thread.
class ListenModel : public QObject {
    Q_OBJECT

public:
    enum Heard { A, B, X };

    /// @param mixer outlives this
    ListenModel(ListenBridge& bridge, Mixer& mixer);

    SongModel& song() { return song_; }
    SourceSlot& slot(int which) { return *slots_[static_cast<std::size_t>(which)]; }
    const SourceMetering& measures(int which) const { return *measures_[static_cast<std::size_t>(which)]; }

    const std::vector<Lane>& lanes() const { return lanes_; }
    /// @param exclusive no other lane keeps its solo
    void setSolo(int lane, bool on, bool exclusive = false);
    void setMute(int lane, bool on);
    void setGain(int lane, double decibels);

    /// Whether a song is being read or a source separated.
    bool busy() const;

    /// The stem that is measured and compared with the true one.
    const std::string& focus() const { return focus_; }
    void setFocus(const std::string& stem);
    const std::vector<std::string>& compared() const { return compared_; }

    Heard heard() const { return heard_; }
    /// What cannot be heard, a source that there is not, is passed over.
    void hear(Heard which);
    /// 0 or 1: the source behind what is heard.
    int heardSlot() const;
    bool isBlind() const { return heard_ == X; }
    bool canBeBlind() const;
    const BlindTest& blindTest() const { return blindTest_; }
    /// Returns whether X was that.
    bool guess(Heard which);
    void restartBlindTest();

    bool matchesLoudness() const { return matches_; }
    void setMatchLoudness(bool match);
    /// dB by which a source is turned down so that both are equally loud; never up, so that nothing clips.
    double matchGain(int which) const;

    /// What a lane holds with a source, as far as it is there.
    std::optional<AudioSum> sound(const Lane& lane, int which) const;
    /// Another whenever sound() is another one, and not the same grown.
    std::uint64_t soundNumber(const Lane& lane, int which) const;

Q_SIGNALS:
    /// There are other lanes.
    void lanesChanged();
    /// Solo, mute, gain, or what is heard.
    void mixChanged();
    /// Some lanes hold more, or something else.
    void soundsChanged();
    /// Loudness, SDR.
    void measuresChanged();
    void blindTestChanged();

private:
    void updateLanes();
    void updateVoices();
    void measure(int which);
    void changeMix();
    Lane stemLane() const { return {Lane::Role::Stem, focus_}; }

    Mixer& mixer_;
    SongModel song_;
    std::array<std::unique_ptr<SourceSlot>, 2> slots_;
    std::array<std::unique_ptr<SourceMetering>, 2> measures_;
    std::vector<std::string> compared_;
    std::string focus_;
    std::vector<Lane> lanes_;
    Heard heard_ = A;
    BlindTest blindTest_;
    bool matches_ = true;
};

} // namespace headroom::ui
