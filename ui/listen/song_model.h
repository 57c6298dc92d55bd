#pragma once

#include "core/values/listening.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headroom {
struct RunConfig;
}

namespace headroom::ui {

class ListenBridge;

/// The songs there are to listen to, and the one that is open: its mixture and its stems, as far as they are
/// decoded. GUI thread.
class SongModel : public QObject {
    Q_OBJECT

public:
    explicit SongModel(ListenBridge& bridge) : bridge_(bridge) {}

    /// Lists the songs of a data set, without opening one.
    void listDataset(const QString& folder, const RunConfig& config);
    const std::vector<SongAudio>& songs() const { return songs_; }

    /// The song that is open stays until the new one's length is known; if that cannot be opened, it stays
    /// for good.
    void open(const SongAudio& song);
    /// Any sound file. Once it is open, it is one of the songs.
    void openFile(const QString& path);

    bool isOpen() const { return frames_ > 0; }
    int openIndex() const; ///< of the open song in songs(); -1: none is open
    bool isLoaded() const { return loaded_; }
    /// Another with each song.
    std::uint64_t number() const { return load_; }
    const SongAudio& song() const { return song_; }
    std::int64_t frames() const { return frames_; }
    int sampleRate() const { return sampleRate_; }
    const PlaybackAudio& mixture() const { return mixture_; }
    const std::vector<std::string>& stems() const { return stems_; } ///< that have a reference
    /// Null where the song has no such stem.
    const PlaybackAudio* reference(const std::string& stem) const;

Q_SIGNALS:
    void songsListed(const QStringList& notices);
    /// Another song: its length is known, its sounds are still empty.
    void opened();
    void grew();
    void loaded();
    void failed(const headroom::Error& error);

private:
    void take(const SongEvent& event);
    void begin(const SongOpened& opening);
    void fail(const Error& error);
    void listOpenSong();
    void takePart(const SongPart& part);

    ListenBridge& bridge_;
    std::uint64_t list_ = 0;    ///< number of the newest listing
    std::uint64_t request_ = 0; ///< number of the newest request to open a song
    std::uint64_t load_ = 0;    ///< number of the request that opened `song_`
    std::vector<SongAudio> songs_;
    SongAudio wanted_; ///< by the newest request
    SongAudio song_;
    std::optional<SongAudio> unfinished_; ///< open, and still being read when another was requested
    bool loaded_ = false;
    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    PlaybackAudio mixture_;
    std::vector<std::string> stems_;
    std::map<std::string, PlaybackAudio> references_;
};

} // namespace headroom::ui
