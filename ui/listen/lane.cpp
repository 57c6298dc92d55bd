// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

std::vector<Lane> defaultLanes(const SongModel& song, const std::vector<std::string>& compared,
                               const std::string& focus) {
    using Role = Lane::Role;
    // Beside stems the mixture is muted, because it would double them after the solo is removed.
    std::vector<Lane> lanes = {{Role::Mixture, {}, false, !compared.empty()}};
    if (compared.empty()) {
        for (const std::string& stem : song.stems())
            lanes.push_back({Role::GroundTruth, stem, false, true});
        return lanes;
    }
    for (const std::string& stem : compared) {
        lanes.push_back({Role::Stem, stem, stem == focus});
        if (stem == focus && song.groundTruth(stem) != nullptr)
            lanes.push_back({Role::GroundTruth, stem, false, true});
    }
    lanes.push_back({Role::Accompaniment, {}, false, true});
    if (song.groundTruth(focus) != nullptr && contains(compared, focus))
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
        if (const PlaybackAudio* audio = slot.stem(stem))
            rest.terms.push_back({*audio, -1});
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
    std::vector<Lane> lanes = defaultLanes(song, compared, focus);
    // The default mute of the mixture depends on whether there are stems.
    const bool keepsMixture = hasStems(lanes) == hasStems(before);
    for (Lane& lane : lanes) {
        const auto known =
            std::ranges::find_if(before, [&](const Lane& other) { return other.isSame(lane); });
        if (known != before.end() && (lane.role != Lane::Role::Mixture || keepsMixture))
            lane = *known;
    }
    return lanes;
}

std::optional<AudioSum> audioOf(const Lane& lane, const SongModel& song, const SourceSlot& slot,
                                const std::vector<std::string>& compared) {
    const PlaybackAudio* groundTruth = song.groundTruth(lane.stem);
    const PlaybackAudio* estimate = slot.stem(lane.stem);
    const bool hasSource = slot.source().kind != ListenSource::Kind::None;
    switch (lane.role) {
    case Lane::Role::Mixture:
        return AudioSum{{{song.mixture(), 1}}};
    case Lane::Role::Stem:
        return estimate != nullptr ? std::optional(AudioSum{{{*estimate, 1}}}) : std::nullopt;
    case Lane::Role::GroundTruth:
        return groundTruth != nullptr ? std::optional(AudioSum{{{*groundTruth, 1}}}) : std::nullopt;
    case Lane::Role::Accompaniment:
        return hasSource ? std::optional(accompaniment(song, slot, compared)) : std::nullopt;
    case Lane::Role::Difference:
        if (groundTruth == nullptr || estimate == nullptr)
            return std::nullopt;
        return AudioSum{{{*estimate, 1}, {*groundTruth, -1}}};
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
    case Lane::Role::GroundTruth:
        return QCoreApplication::translate("Lane", "%1, ground truth").arg(stemTitle(lane.stem));
    case Lane::Role::Accompaniment:
        return QCoreApplication::translate("Lane", "Accompaniment");
    case Lane::Role::Difference:
        return QCoreApplication::translate("Lane", "Difference");
    }
    return {};
}

} // namespace headroom::ui
