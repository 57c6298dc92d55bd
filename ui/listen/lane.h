#pragma once

#include "core/values/playback_audio.h"

#include <QString>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// The lanes in which one sees and hears a song.
namespace headroom::ui {

class SongModel;
class SourceSlot;

struct Lane {
    enum class Role {
        Mixture,
        Stem,          ///< of the source that is listened to
        Reference,     ///< the true stem
        Accompaniment, ///< the mixture minus the source's compared stems
        Difference,    ///< the source's stem minus the true one
    };
    Role role = Role::Mixture;
    std::string stem; ///< empty where the role has none

    bool solo = false;
    bool mute = false;
    double gain = 0; ///< dB

    /// Whether what it holds is another sound with each source.
    bool followsSource() const { return role != Role::Mixture && role != Role::Reference; }
    bool isSame(const Lane& other) const { return role == other.role && stem == other.stem; }
};

/// The sources that are compared.
using SlotPair = std::array<const SourceSlot*, 2>;

/// The stems that are compared: those of the models, as soon as they are known, and where there is no model
/// the song's own; none without a source.
std::vector<std::string> comparedStems(const SongModel& song, const SlotPair& pair);

/// The lanes that there can be: mixture; the compared stems; the true stem of the one in focus and how the
/// source differs from it; the accompaniment. Without a source, mixture and true stems. What was set in
/// `before` is kept. Of new lanes the stem in focus is soloed; mixture, references and sums are muted, so
/// that nothing is heard twice when the solo is taken off. Without a source the mixture sounds.
std::vector<Lane> lanesFor(const SongModel& song, const std::vector<std::string>& compared,
                           const std::string& focus, const std::vector<Lane>& before);

/// What a lane holds with this source, as far as it is there; absent where that cannot be.
std::optional<AudioSum> soundOf(const Lane& lane, const SongModel& song, const SourceSlot& slot,
                                const std::vector<std::string>& compared);

/// Whether a lane sounds: solo goes before mute.
bool isAudible(const Lane& lane, const std::vector<Lane>& lanes);

/// "Vocals", "Vocals, reference", ...
QString laneTitle(const Lane& lane);
/// "vocals" with a capital letter, for people.
QString stemTitle(const std::string& stem);

} // namespace headroom::ui
