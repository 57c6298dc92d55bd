// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/song_model.h"

#include "core/config/run_config.h"
#include "core/support/malloc_trim.h"
#include "ui/bridge/listen_bridge.h"

#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace headroom::ui {

void SongModel::listDataset(const QString& folder, const RunConfig& config) {
    list_ = bridge_.nextNumber();
    bridge_.listening().listSongs(list_, folder.toStdString(), config,
                                  bridge_.onGui<SongList>(this, [this](const SongList& list) {
                                      if (list.number != list_)
                                          return;
                                      songs_ = list.songs;
                                      if (isOpen())
                                          listOpenSong();
                                      QStringList notices;
                                      for (const std::string& notice : list.notices)
                                          notices << QString::fromStdString(notice);
                                      if (list.error)
                                          Q_EMIT failed(*list.error);
                                      Q_EMIT songsListed(notices);
                                  }));
}

void SongModel::open(const SongAudio& song) {
    if (isOpen() && !loaded_)
        unfinished_ = song_;
    request_ = bridge_.nextNumber();
    requested_ = song;
    bridge_.listening().load(
        request_, song, 0,
        bridge_.onGui<SongEvent>(this, [this](const SongEvent& event) { receive(event); }));
}

void SongModel::openFile(const QString& path) {
    const SongAudio song{QFileInfo(path).completeBaseName().toStdString(), {}, path.toStdString(), {}};
    const auto known = std::ranges::find(songs_, song.mixture, &SongAudio::mixture);
    open(known == songs_.end() ? song : SongAudio(*known));
}

const PlaybackAudio* SongModel::groundTruth(const std::string& stem) const {
    const auto found = groundTruths_.find(stem);
    return found == groundTruths_.end() ? nullptr : &found->second;
}

void SongModel::receive(const SongEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != request_)
        return;
    if (const auto* failure = std::get_if<SongFailed>(&event)) {
        fail(failure->error);
    } else if (const auto* opening = std::get_if<SongOpened>(&event)) {
        begin(*opening);
    } else if (const auto* part = std::get_if<SongPart>(&event)) {
        addPart(*part);
    } else {
        loaded_ = true;
        Q_EMIT loaded();
    }
}

void SongModel::begin(const SongOpened& opening) {
    const auto files = static_cast<std::int64_t>(1 + stems_.size());
    const std::int64_t bytesBefore = std::min(frames_, PlaybackAudio::framesInMemory) * files *
                                     static_cast<std::int64_t>(2 * sizeof(float));
    load_ = request_;
    song_ = requested_;
    unfinished_.reset();
    loaded_ = false;
    frames_ = opening.frames;
    sampleRate_ = opening.sampleRate;
    mixture_ = {};
    stems_ = opening.stems;
    notices_.clear();
    for (const std::string& notice : opening.notices)
        notices_ << QString::fromStdString(notice);
    groundTruths_.clear();
    for (const std::string& stem : stems_)
        groundTruths_[stem] = {};
    listOpenSong();
    Q_EMIT opened();
    returnMemory(bytesBefore);
}

/// A song with many stems takes much memory, which the program would otherwise keep after the song is closed.
void SongModel::returnMemory(std::int64_t songBytes) {
    constexpr std::int64_t large = std::int64_t{256} << 20;
    constexpr int delayMs = 1000; // lanes, mixer and services release their copies first
    if (songBytes >= large)
        QTimer::singleShot(delayMs, this, [] { returnFreeMemory(); });
}

void SongModel::listOpenSong() {
    if (openIndex() < 0)
        songs_.insert(songs_.begin(), song_);
}

int SongModel::openIndex() const {
    const auto found = std::ranges::find_if(songs_, [this](const SongAudio& song) {
        return isOpen() && song.name == song_.name && song.split == song_.split &&
               song.mixture == song_.mixture;
    });
    return found == songs_.end() ? -1 : static_cast<int>(found - songs_.begin());
}

/// The open song stays open. If it was still loading, it is requested again, because the failed request has
/// canceled it.
void SongModel::fail(const Error& error) {
    Q_EMIT failed(error);
    if (const auto song = std::exchange(unfinished_, std::nullopt); song && request_ != load_)
        open(*song);
}

void SongModel::addPart(const SongPart& part) {
    (part.stem.empty() ? mixture_ : groundTruths_[part.stem]).append(part.block);
    Q_EMIT grew();
}

} // namespace headroom::ui
