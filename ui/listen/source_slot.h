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

/// One of the sources that are compared: what it is, and what it makes of the song that is open. A model
/// separates the song in the background as soon as it is decoded. GUI thread.
class SourceSlot : public QObject {
    Q_OBJECT

public:
    enum class State {
        Empty,      ///< there is no source, or no song
        Waiting,    ///< for its turn
        Separating, ///< can be listened to as far as it has come
        Ready,
        Cancelled,
        Failed,
    };

    SourceSlot(ListenBridge& bridge, const SongModel& song);
    ~SourceSlot() override;

    const ListenSource& source() const { return source_; }
    void setSource(const ListenSource& source);
    /// Ends the separation; what there is stays.
    void cancel();
    /// Separates anew after a cancellation or a failure.
    void retry() { begin(); }

    State state() const { return state_; }
    /// Another whenever the stems are other ones, and not the same grown.
    std::uint64_t number() const { return number_; }
    double share() const { return share_; } ///< of the song that is done, 0 ... 1
    const QString& device() const { return device_; }
    const std::optional<Error>& error() const { return error_; }
    const QStringList& notices() const { return notices_; }

    /// The stems that there are, or are to be. Those of the song where the source is no model.
    std::vector<std::string> stems() const;
    /// Null where there is no such stem yet.
    const PlaybackAudio* stem(const std::string& name) const;

Q_SIGNALS:
    /// State, share, or which stems there are.
    void changed();
    /// A stem has more frames.
    void grew();
    /// All frames are there.
    void ready();

private:
    void begin();
    void take(const SeparationEvent& event);
    void end(State state);

    ListenBridge& bridge_;
    const SongModel& song_;
    ListenSource source_;
    State state_ = State::Empty;
    std::uint64_t number_ = 0;
    std::uint64_t work_ = 0; ///< number of the separation under way or last; 0: none
    double share_ = 0;
    QString device_;
    QStringList notices_;
    std::optional<Error> error_;
    std::vector<std::string> stems_;
    std::vector<PlaybackAudio> sounds_; ///< by stem
};

} // namespace headroom::ui
