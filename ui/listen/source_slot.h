// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/separation_service.h"
#include "ui/listen/listen_source.h"

#include <QObject>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom::ui {

class ListenBridge;
class SongModel;

/// One of the compared sources and its stems of the open song. A model separates the song in the background
/// once it is decoded. GUI thread.
class SourceSlot : public QObject {
    Q_OBJECT

public:
    enum class State {
        Empty,      ///< no source or no song
        Waiting,    ///< for the song or for another separation
        Separating, ///< the separated part can be played
        Ready,
        Canceled,
        Failed,
    };

    SourceSlot(ListenBridge& bridge, const SongModel& song);
    ~SourceSlot() override;

    const ListenSource& source() const { return source_; }
    void setSource(const ListenSource& source);
    /// Cancels the separation and keeps the separated part.
    void cancel();
    /// Separates again after a cancellation or failure.
    void retry() { restart(); }

    State state() const { return state_; }
    /// Changes with the stems, except when the same stems grow.
    std::uint64_t number() const { return number_; }
    double share() const { return share_; } ///< separated fraction of the song, 0 ... 1
    const QString& device() const { return device_; }
    const std::optional<Error>& error() const { return error_; }
    const QStringList& notices() const { return notices_; }

    /// Names of the stems that exist or are being separated; those of the song if the source is not a model.
    std::vector<std::string> stems() const;
    /// Null if there is no such stem yet.
    const PlaybackAudio* stem(const std::string& name) const;

Q_SIGNALS:
    /// State, share or stems changed.
    void changed();
    /// A stem has more frames.
    void grew();
    /// All stems are complete.
    void ready();

private:
    void restart();
    void receive(const SeparationEvent& event);
    void end(State state);

    ListenBridge& bridge_;
    const SongModel& song_;
    ListenSource source_;
    State state_ = State::Empty;
    std::uint64_t number_ = 0;
    std::uint64_t job_ = 0; ///< number of the current or last separation; 0: none
    double share_ = 0;
    QString device_;
    QStringList notices_;
    std::optional<Error> error_;
    std::vector<std::string> stems_;
    std::vector<PlaybackAudio> stemAudio_; ///< by stem
};

} // namespace headroom::ui
