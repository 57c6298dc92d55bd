// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/listen_model.h"

#include "core/view/mixer.h"
#include "ui/bridge/listen_bridge.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace headroom::ui {

ListenModel::ListenModel(ListenBridge& bridge, Mixer& mixer)
    : mixer_(mixer), song_(bridge), blindTest_(QRandomGenerator::system()->generate64()) {
    for (int which : {A, B}) {
        slots_[which] = std::make_unique<SourceSlot>(bridge, song_);
        metering_[which] = std::make_unique<SourceMetering>(bridge);
        const auto update = [this, which] { updateMetering(which); };
        connect(slots_[which].get(), &SourceSlot::changed, this, &ListenModel::updateLanes);
        connect(slots_[which].get(), &SourceSlot::grew, this, &ListenModel::updateVoices);
        connect(slots_[which].get(), &SourceSlot::grew, this, update);
        connect(slots_[which].get(), &SourceSlot::ready, this, update);
        connect(metering_[which].get(), &SourceMetering::changed, this,
                update); // the audio may have grown
        connect(metering_[which].get(), &SourceMetering::changed, this, &ListenModel::meteringChanged);
        connect(metering_[which].get(), &SourceMetering::changed, this, &ListenModel::updateVoices);
    }
    connect(&song_, &SongModel::opened, this, [this] {
        mixer_.setSong(song_.frames(), song_.sampleRate());
        restartBlindTest();
        updateLanes();
    });
    connect(&song_, &SongModel::grew, this, &ListenModel::updateVoices);
}

void ListenModel::updateLanes() {
    compared_ = comparedStems(song_, {slots_[A].get(), slots_[B].get()});
    if (std::ranges::find(compared_, focus_) == compared_.end())
        focus_ = compared_.empty() ? std::string() : compared_.front();
    std::vector<Lane> lanes = lanesFor(song_, compared_, focus_, lanes_);
    const bool same = std::ranges::equal(
        lanes, lanes_, [](const Lane& one, const Lane& other) { return one.isSame(other); });
    lanes_ = std::move(lanes);
    if (slot(heardSlot()).source().kind == ListenSource::Kind::None || (isBlind() && !canBeBlind()))
        heard_ = slot(A).source().kind == ListenSource::Kind::None ? B : A;
    if (!same)
        Q_EMIT lanesChanged();
    for (int which : {A, B})
        updateMetering(which);
    changeMix();
}

void ListenModel::changeMix() {
    updateVoices();
    Q_EMIT mixChanged();
}

/// Passes the available audio of the audible lanes to the mixer.
void ListenModel::updateVoices() {
    std::vector<Mixer::Voice> voices;
    std::int64_t available = song_.frames();
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        const Lane& lane = lanes_[i];
        const int which = heardSlot();
        const auto heard = isAudible(lane, lanes_) ? audio(lane, which) : std::nullopt;
        if (!heard)
            continue;
        available = std::min(available, heard->frames());
        const double gain = lane.gain + (lane.role == Lane::Role::Stem ? matchGain(which) : 0);
        voices.push_back({static_cast<int>(i), audioNumber(lane, which), *heard,
                          static_cast<float>(std::pow(10, gain / 20))});
    }
    mixer_.setVoices(std::move(voices));
    mixer_.setAvailable(available);
    Q_EMIT audioChanged();
}

void ListenModel::updateMetering(int which) {
    const auto stem = audio(stemLane(), which);
    const auto groundTruth = audio({Lane::Role::GroundTruth, focus_}, which);
    const bool complete = slot(which).state() == SourceSlot::State::Ready;
    metering_[which]->update(audioNumber(stemLane(), which), stem, groundTruth, song_.sampleRate(), complete);
}

bool ListenModel::busy() const {
    const auto isBusy = [](const auto& slot) {
        return slot->state() == SourceSlot::State::Waiting || slot->state() == SourceSlot::State::Separating;
    };
    return (song_.isOpen() && !song_.isLoaded()) || std::ranges::any_of(slots_, isBusy);
}

void ListenModel::setSolo(int lane, bool on, bool exclusive) {
    if (exclusive) {
        for (Lane& other : lanes_)
            other.solo = false;
    }
    lanes_[static_cast<std::size_t>(lane)].solo = on;
    changeMix();
}

void ListenModel::setMute(int lane, bool on) {
    lanes_[static_cast<std::size_t>(lane)].mute = on;
    changeMix();
}

void ListenModel::setGain(int lane, double decibels) {
    lanes_[static_cast<std::size_t>(lane)].gain = decibels;
    changeMix();
}

void ListenModel::setFocus(const std::string& stem) {
    if (stem == focus_)
        return;
    focus_ = stem;
    updateLanes();
}

void ListenModel::hear(Heard which) {
    const bool possible = which == X ? canBeBlind() : slot(which).source().kind != ListenSource::Kind::None;
    if (!possible || which == heard_)
        return;
    heard_ = which;
    changeMix();
}

int ListenModel::heardSlot() const {
    if (heard_ == X)
        return blindTest_.xIsA() ? A : B;
    return heard_;
}

bool ListenModel::canBeBlind() const {
    return std::ranges::all_of(slots_, [](const auto& slot) {
        return slot->source().kind != ListenSource::Kind::None && slot->state() != SourceSlot::State::Empty;
    });
}

bool ListenModel::guess(Heard which) {
    const bool isRight = blindTest_.guess(which == A);
    Q_EMIT blindTestChanged();
    changeMix();
    return isRight;
}

void ListenModel::restartBlindTest() {
    blindTest_.restart();
    Q_EMIT blindTestChanged();
}

void ListenModel::setMatchLoudness(bool match) {
    matches_ = match;
    updateVoices();
    Q_EMIT meteringChanged();
}

double ListenModel::matchGain(int which) const {
    const auto& own = metering(which).loudness();
    const auto& other = metering(1 - which).loudness();
    if (!matches_ || !own || !other || !own->integrated || !other->integrated)
        return 0;
    return std::min(0.0, *other->integrated - *own->integrated);
}

std::optional<AudioSum> ListenModel::audio(const Lane& lane, int which) const {
    return audioOf(lane, song_, *slots_[which], compared_);
}

std::uint64_t ListenModel::audioNumber(const Lane& lane, int which) const {
    // Also depends on the stem, because its metering restarts when the focus changes.
    const std::uint64_t stem = std::hash<std::string>()(lane.stem);
    return (lane.followsSource() ? slots_[which]->number() : song_.number()) * 1000003 + stem;
}

} // namespace headroom::ui
