#include "ui/listen/lane.h"

#include "ui/listen/song_model.h"
#include "ui/listen/source_slot.h"

#include <QCoreApplication>

#include <algorithm>

namespace headroom::ui {
namespace {

bool contains(const std::vector<std::string>& stems, const std::string& stem) {
    return std::ranges::find(stems, stem) != stems.end();
}

std::vector<Lane> freshLanes(const SongModel& song, const std::vector<std::string>& compared,
                             const std::string& focus) {
    using Role = Lane::Role;
    // With stems beside it the mixture is muted, or it would double them as soon as the solo is taken off.
    std::vector<Lane> lanes = {{Role::Mixture, {}, false, !compared.empty()}};
    if (compared.empty()) {
        for (const std::string& stem : song.stems())
            lanes.push_back({Role::Reference, stem, false, true});
        return lanes;
    }
    for (const std::string& stem : compared) {
        lanes.push_back({Role::Stem, stem, stem == focus});
        if (stem == focus && song.reference(stem) != nullptr)
            lanes.push_back({Role::Reference, stem, false, true});
    }
    lanes.push_back({Role::Accompaniment, {}, false, true});
    if (song.reference(focus) != nullptr && contains(compared, focus))
        lanes.push_back({Role::Difference, focus, false, true});
    return lanes;
}

bool hasStems(const std::vector<Lane>& lanes) {
    return std::ranges::find(lanes, Lane::Role::Stem, &Lane::role) != lanes.end();
}

AudioSum accompaniment(const SongModel& song, const SourceSlot& slot,
                       const std::vector<std::string>& compared) {
    AudioSum rest{{{song.mixture(), 1}}};
    for (const std::string& stem : compared) {
        if (const PlaybackAudio* sound = slot.stem(stem))
            rest.terms.push_back({*sound, -1});
    }
    return rest;
}

} // namespace

std::vector<std::string> comparedStems(const SongModel& song, const SlotPair& pair) {
    using Kind = ListenSource::Kind;
    std::vector<std::string> stems;
    bool anyModel = false;
    bool anySource = false;
    for (const SourceSlot* slot : pair) {
        anySource = anySource || slot->source().kind != Kind::None;
        anyModel = anyModel || slot->source().kind == Kind::Model;
        for (const std::string& stem : slot->stems()) {
            if (slot->source().kind == Kind::Model && !contains(stems, stem))
                stems.push_back(stem);
        }
    }
    return anySource && !anyModel ? song.stems() : stems;
}

std::vector<Lane> lanesFor(const SongModel& song, const std::vector<std::string>& compared,
                           const std::string& focus, const std::vector<Lane>& before) {
    if (!song.isOpen())
        return {};
    std::vector<Lane> lanes = freshLanes(song, compared, focus);
    // Whether the mixture sounds depends on whether there are stems beside it.
    const bool keepsMixture = hasStems(lanes) == hasStems(before);
    for (Lane& lane : lanes) {
        const auto known =
            std::ranges::find_if(before, [&](const Lane& other) { return other.isSame(lane); });
        if (known != before.end() && (lane.role != Lane::Role::Mixture || keepsMixture))
            lane = *known;
    }
    return lanes;
}

std::optional<AudioSum> soundOf(const Lane& lane, const SongModel& song, const SourceSlot& slot,
                                const std::vector<std::string>& compared) {
    const PlaybackAudio* reference = song.reference(lane.stem);
    const PlaybackAudio* estimate = slot.stem(lane.stem);
    const bool hasSource = slot.source().kind != ListenSource::Kind::None;
    switch (lane.role) {
    case Lane::Role::Mixture:
        return AudioSum{{{song.mixture(), 1}}};
    case Lane::Role::Stem:
        return estimate != nullptr ? std::optional(AudioSum{{{*estimate, 1}}}) : std::nullopt;
    case Lane::Role::Reference:
        return reference != nullptr ? std::optional(AudioSum{{{*reference, 1}}}) : std::nullopt;
    case Lane::Role::Accompaniment:
        return hasSource ? std::optional(accompaniment(song, slot, compared)) : std::nullopt;
    case Lane::Role::Difference:
        if (reference == nullptr || estimate == nullptr)
            return std::nullopt;
        return AudioSum{{{*estimate, 1}, {*reference, -1}}};
    }
    return std::nullopt;
}

bool isAudible(const Lane& lane, const std::vector<Lane>& lanes) {
    const bool anySolo = std::ranges::any_of(lanes, &Lane::solo);
    return anySolo ? lane.solo : !lane.mute;
}

QString stemTitle(const std::string& stem) {
    static const std::array<std::pair<const char*, const char*>, 4> known = {
        {{"vocals", QT_TRANSLATE_NOOP("Lane", "Vocals")},
         {"drums", QT_TRANSLATE_NOOP("Lane", "Drums")},
         {"bass", QT_TRANSLATE_NOOP("Lane", "Bass")},
         {"other", QT_TRANSLATE_NOOP("Lane", "Other")}}};
    for (const auto& [name, title] : known) {
        if (stem == name)
            return QCoreApplication::translate("Lane", title);
    }
    QString title = QString::fromStdString(stem);
    return title.isEmpty() ? title : title.at(0).toUpper() + title.mid(1);
}

QString laneTitle(const Lane& lane) {
    switch (lane.role) {
    case Lane::Role::Mixture:
        return QCoreApplication::translate("Lane", "Mixture");
    case Lane::Role::Stem:
        return stemTitle(lane.stem);
    case Lane::Role::Reference:
        return QCoreApplication::translate("Lane", "%1, reference").arg(stemTitle(lane.stem));
    case Lane::Role::Accompaniment:
        return QCoreApplication::translate("Lane", "Accompaniment");
    case Lane::Role::Difference:
        return QCoreApplication::translate("Lane", "Difference");
    }
    return {};
}

} // namespace headroom::ui
