// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

namespace headroom {
class Mixer;
}

namespace headroom::ui {

class ListenBridge;

/// The state of the Listen page: the song, its lanes, the two compared sources, which of them plays, and
/// levels. Keeps the mixer in sync. GUI thread.
class ListenModel : public QObject {
    Q_OBJECT

public:
    enum Heard { A, B, X };

    /// @param mixer outlives this
    ListenModel(ListenBridge& bridge, Mixer& mixer);

    SongModel& song() { return song_; }
    const SongModel& song() const { return song_; }
    SourceSlot& slot(int which) { return *slots_[static_cast<std::size_t>(which)]; }
    const SourceMetering& metering(int which) const { return *metering_[static_cast<std::size_t>(which)]; }

    const std::vector<Lane>& lanes() const { return lanes_; }
    /// @param exclusive clears the solo of the other lanes
    void setSolo(int lane, bool on, bool exclusive = false);
    void setMute(int lane, bool on);
    void setGain(int lane, double decibels);

    /// Whether a song is being decoded or separated.
    bool busy() const;

    /// The stem that is scored against the ground truth.
    const std::string& focus() const { return focus_; }
    void setFocus(const std::string& stem);
    const std::vector<std::string>& compared() const { return compared_; }

    Heard heard() const { return heard_; }
    /// Plays a source. Ignored if there is no such source.
    void hear(Heard which);
    /// The source that plays, 0 or 1; also for X.
    int heardSlot() const;
    bool isBlind() const { return heard_ == X; }
    bool canBeBlind() const;
    const BlindTest& blindTest() const { return blindTest_; }
    /// Returns whether the guess was correct.
    bool guess(Heard which);
    void restartBlindTest();

    void setMatchLoudness(bool match);
    /// Gain of a source, dB, that makes both equally loud. Never positive, so that nothing clips.
    double matchGain(int which) const;

    /// The available audio of a lane with a source.
    std::optional<AudioSum> audio(const Lane& lane, int which) const;
    /// Changes with audio(), except when the same audio grows.
    std::uint64_t audioNumber(const Lane& lane, int which) const;

Q_SIGNALS:
    /// Lanes were added or removed.
    void lanesChanged();
    /// Solo, mute, gain or the playing source changed.
    void mixChanged();
    /// The audio of some lanes changed or grew.
    void audioChanged();
    /// Loudness or SDR changed.
    void meteringChanged();
    void blindTestChanged();

private:
    void updateLanes();
    void updateVoices();
    void updateMetering(int which);
    void changeMix();
    Lane stemLane() const { return {Lane::Role::Stem, focus_}; }

    Mixer& mixer_;
    SongModel song_;
    std::array<std::unique_ptr<SourceSlot>, 2> slots_;
    std::array<std::unique_ptr<SourceMetering>, 2> metering_;
    std::vector<std::string> compared_;
    std::string focus_;
    std::vector<Lane> lanes_;
    Heard heard_ = A;
    BlindTest blindTest_;
    bool matches_ = true;
};

} // namespace headroom::ui
