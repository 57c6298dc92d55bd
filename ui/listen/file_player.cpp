// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/file_player.h"

#include "core/support/error.h"
#include "ui/listen/player.h"

#include <utility>
#include <variant>

namespace headroom::ui {

FilePlayer::FilePlayer(std::unique_ptr<ListeningService> service)
    : mailbox_("file player",
               [this](const std::vector<SongEvent>& events) {
                   for (const SongEvent& event : events)
                       receive(event);
               }),
      service_(std::move(service)) {}

FilePlayer::~FilePlayer() = default;

void FilePlayer::play(const QString& file) {
    stop();
    if (!player_) {
        player_ = std::make_unique<Player>();
        connect(player_.get(), &Player::moved, this, &FilePlayer::onChange);
        connect(player_.get(), &Player::devicesChanged, this, &FilePlayer::onChange);
    }
    request_ = ++number_;
    audio_ = {};
    service_->load(request_, SongAudio{{}, {}, file.toStdString(), {}}, 0,
                   [this](const SongEvent& event) { mailbox_.post(event); });
}

void FilePlayer::stop() {
    request_ = 0;
    started_ = false;
    if (player_)
        player_->mixer().stop();
}

void FilePlayer::receive(const SongEvent& event) {
    if (std::visit([](const auto& each) { return each.number; }, event) != request_)
        return;
    if (const auto* failure = std::get_if<SongFailed>(&event))
        fail(QString::fromStdString(failure->error.message()));
    else if (const auto* opened = std::get_if<SongOpened>(&event))
        begin(*opened);
    else if (const auto* part = std::get_if<SongPart>(&event); part != nullptr && part->stem.empty())
        add(*part);
}

void FilePlayer::begin(const SongOpened& opened) {
    player_->setSong(opened.frames, opened.sampleRate);
    player_->mixer().play();
    player_->start();
    started_ = player_->playing();
    if (!started_)
        fail(player_->problem());
}

/// Until the first part arrives, the mixer waits.
void FilePlayer::add(const SongPart& part) {
    audio_.append(part.block);
    player_->mixer().setVoices({{0, request_, {{{audio_, 1}}}, 1}});
    player_->mixer().setAvailable(audio_.frames());
}

/// A player that loses its device does not move any more.
void FilePlayer::onChange() {
    if (!started_ || player_->playing())
        return;
    const QString problem = player_->problem();
    if (!problem.isEmpty())
        return fail(problem);
    stop();
    Q_EMIT ended();
}

void FilePlayer::fail(const QString& message) {
    stop();
    Q_EMIT failed(message);
}

} // namespace headroom::ui
