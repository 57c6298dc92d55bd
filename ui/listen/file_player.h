// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/listening_service.h"
#include "core/values/playback_audio.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

class Player;

/// Plays an audio file from its beginning to its end, one at a time. Reads it with our own decoders: those of
/// Qt's media player are plugins that few systems have. GUI thread.
class FilePlayer : public QObject {
    Q_OBJECT

public:
    explicit FilePlayer(std::unique_ptr<ListeningService> service);
    ~FilePlayer() override;

    /// Plays this file instead of the previous one.
    void play(const QString& file);
    /// Emits nothing.
    void stop();
    bool playing() const { return request_ != 0; }

Q_SIGNALS:
    /// The end of the file was heard.
    void ended();
    /// @param message  why the file cannot be played
    void failed(const QString& message);

private:
    void receive(const SongEvent& event);
    void begin(const SongOpened& opened);
    void add(const SongPart& part);
    void onChange();
    void fail(const QString& message);

    std::uint64_t number_ = 0;  ///< of the last request
    std::uint64_t request_ = 0; ///< whose file plays; 0: none
    bool started_ = false;      ///< the file is heard
    PlaybackAudio audio_;
    std::unique_ptr<Player> player_; ///< created for the first file: it starts the sound server
    Mailbox<SongEvent> mailbox_;
    std::unique_ptr<ListeningService> service_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
