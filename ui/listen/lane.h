// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/playback_audio.h"

#include <QString>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// The lanes of a song: what each shows and plays.
namespace headroom::ui {

class SongModel;
class SourceSlot;

struct Lane {
    enum class Role {
        Mixture,
        Stem,          ///< an estimate of the selected source
        GroundTruth,   ///< the true stem
        Accompaniment, ///< the mixture minus the compared stems of the source
        Difference,    ///< the estimate minus the ground truth
    };
    Role role = Role::Mixture;
    std::string stem; ///< empty if the role has none

    bool solo = false;
    bool mute = false;
    double gain = 0; ///< dB

    /// Whether its audio depends on the selected source.
    bool followsSource() const { return role != Role::Mixture && role != Role::GroundTruth; }
    bool isSame(const Lane& other) const { return role == other.role && stem == other.stem; }
};

/// The two sources of the comparison.
using SlotPair = std::array<const SourceSlot*, 2>;

/// The stems to compare: those of the models, once known; without a model those of the song; none without a
/// source.
std::vector<std::string> comparedStems(const SongModel& song, const SlotPair& pair);

/// The lanes of a song: the mixture, the compared stems, the ground truth of the focused stem and the
/// difference from it, and the accompaniment. Without a source: the mixture and the true stems. Lanes in
/// `before` keep their solo, mute and gain. New lanes: the focused stem is soloed; the others are muted, so
/// that nothing plays twice after the solo is removed. Without a source the mixture plays.
std::vector<Lane> lanesFor(const SongModel& song, const std::vector<std::string>& compared,
                           const std::string& focus, const std::vector<Lane>& before);

/// The available audio of a lane with this source. Absent if the source cannot provide it.
std::optional<AudioSum> audioOf(const Lane& lane, const SongModel& song, const SourceSlot& slot,
                                const std::vector<std::string>& compared);

/// Whether a lane plays: solo takes precedence over mute.
bool isAudible(const Lane& lane, const std::vector<Lane>& lanes);

/// "Vocals", "Vocals, ground truth", ...
QString laneTitle(const Lane& lane);
/// The display name of a stem: "Vocals".
QString stemTitle(const std::string& stem);

} // namespace headroom::ui
