// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <QObject>
#include <QString>
#include <QStringList>

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

/// The listed songs and the open one: its mixture and true stems, as far as they are decoded. GUI thread.
class SongModel : public QObject {
    Q_OBJECT

public:
    explicit SongModel(ListenBridge& bridge) : bridge_(bridge) {}

    /// Lists the songs of a data set; opens none.
    void listDataset(const QString& folder, const RunConfig& config);
    const std::vector<SongAudio>& songs() const { return songs_; }

    /// The open song stays open until the length of the new one is known, and if the new one fails to open.
    void open(const SongAudio& song);
    /// Opens any audio file and adds it to the songs.
    void openFile(const QString& path);

    bool isOpen() const { return frames_ > 0; }
    int openIndex() const; ///< index of the open song in songs(); -1: none
    bool isLoaded() const { return loaded_; }
    /// Changes with each opened song.
    std::uint64_t number() const { return load_; }
    const SongAudio& song() const { return song_; }
    std::int64_t frames() const { return frames_; }
    int sampleRate() const { return sampleRate_; }
    const PlaybackAudio& mixture() const { return mixture_; }
    const std::vector<std::string>& stems() const { return stems_; } ///< with ground truth
    /// About the files of the open song; usually empty.
    const QStringList& notices() const { return notices_; }
    /// Null if the song has no such stem.
    const PlaybackAudio* groundTruth(const std::string& stem) const;

Q_SIGNALS:
    void songsListed(const QStringList& notices);
    /// A song was opened: its length is known, its audio is still empty.
    void opened();
    void grew();
    void loaded();
    void failed(const headroom::Error& error);

private:
    void receive(const SongEvent& event);
    void begin(const SongOpened& opening);
    void fail(const Error& error);
    void listOpenSong();
    void returnMemory(std::int64_t songBytes);
    void addPart(const SongPart& part);

    ListenBridge& bridge_;
    std::uint64_t list_ = 0;    ///< number of the newest listing
    std::uint64_t request_ = 0; ///< number of the newest request to open a song
    std::uint64_t load_ = 0;    ///< number of the request that opened `song_`
    std::vector<SongAudio> songs_;
    SongAudio requested_; ///< by the newest request
    SongAudio song_;
    std::optional<SongAudio>
        unfinished_; ///< the open song, if it was still loading when another was requested
    bool loaded_ = false;
    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    PlaybackAudio mixture_;
    std::vector<std::string> stems_;
    QStringList notices_;
    std::map<std::string, PlaybackAudio> groundTruths_;
};

} // namespace headroom::ui
