// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/source_slot.h"

#include "ui/bridge/listen_bridge.h"
#include "ui/listen/song_model.h"

#include <algorithm>

namespace headroom::ui {

SourceSlot::SourceSlot(ListenBridge& bridge, const SongModel& song) : bridge_(bridge), song_(song) {
    connect(&song_, &SongModel::opened, this, &SourceSlot::restart);
    connect(&song_, &SongModel::loaded, this, &SourceSlot::restart);
    connect(&song_, &SongModel::grew, this, [this] {
        if (source_.kind == ListenSource::Kind::GroundTruth || source_.kind == ListenSource::Kind::Mixture)
            Q_EMIT grew();
    });
}

SourceSlot::~SourceSlot() {
    bridge_.separation().cancel(job_);
}

void SourceSlot::setSource(const ListenSource& source) {
    source_ = source;
    stems_.clear();
    restart();
}

void SourceSlot::restart() {
    bridge_.separation().cancel(job_);
    number_ = bridge_.nextNumber();
    job_ = 0;
    share_ = 0;
    error_.reset();
    notices_.clear();
    device_.clear();
    // Keeps the names of the stems, so that the lanes stay in place.
    stemAudio_.assign(stems_.size(), {});
    state_ = source_.kind == ListenSource::Kind::None || !song_.isOpen() ? State::Empty : State::Waiting;
    if (state_ == State::Waiting && song_.isLoaded()) {
        if (source_.kind != ListenSource::Kind::Model) {
            end(State::Ready);
            return;
        }
        job_ = bridge_.nextNumber();
        bridge_.separation().separate(
            {job_, source_.model, song_.mixture(), song_.sampleRate()},
            bridge_.onGui<SeparationEvent>(this, [this](const SeparationEvent& event) { receive(event); }));
    }
    Q_EMIT changed();
}

void SourceSlot::cancel() {
    bridge_.separation().cancel(job_);
}

void SourceSlot::end(State state) {
    state_ = state;
    share_ = state == State::Ready ? 1 : share_;
    Q_EMIT changed();
    if (state == State::Ready)
        Q_EMIT ready();
}

void SourceSlot::receive(const SeparationEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != job_)
        return;
    if (const auto* started = std::get_if<SeparationStarted>(&event)) {
        state_ = State::Separating;
        stems_ = started->stems;
        stemAudio_.resize(stems_.size());
        device_ = QString::fromStdString(started->device);
        for (const std::string& notice : started->notices)
            notices_ << QString::fromStdString(notice);
        Q_EMIT changed();
    } else if (const auto* blocks = std::get_if<StemBlocks>(&event)) {
        for (std::size_t i = 0; i < stemAudio_.size(); ++i)
            stemAudio_[i].append(blocks->stems.at(i));
        share_ = blocks->share;
        Q_EMIT grew();
        Q_EMIT changed();
    } else if (const auto* failed = std::get_if<SeparationFailed>(&event)) {
        error_ = failed->error;
        end(State::Failed);
    } else if (std::holds_alternative<SeparationCanceled>(event)) {
        end(State::Canceled);
    } else if (std::holds_alternative<SeparationDone>(event)) {
        end(State::Ready);
    }
}

std::vector<std::string> SourceSlot::stems() const {
    switch (source_.kind) {
    case ListenSource::Kind::None:
        return {};
    case ListenSource::Kind::Model:
        return stems_;
    case ListenSource::Kind::GroundTruth:
    case ListenSource::Kind::Mixture:
        return song_.stems();
    }
    return {};
}

const PlaybackAudio* SourceSlot::stem(const std::string& name) const {
    if (source_.kind == ListenSource::Kind::GroundTruth)
        return song_.groundTruth(name);
    if (source_.kind == ListenSource::Kind::Mixture)
        return &song_.mixture();
    const auto found = std::ranges::find(stems_, name);
    return found == stems_.end() ? nullptr : &stemAudio_[static_cast<std::size_t>(found - stems_.begin())];
}

} // namespace headroom::ui
