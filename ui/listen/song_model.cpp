#include "ui/listen/song_model.h"

#include "core/config/run_config.h"
#include "ui/bridge/listen_bridge.h"

#include <QFileInfo>

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
    wanted_ = song;
    bridge_.listening().load(request_, song, 0,
                             bridge_.onGui<SongEvent>(this, [this](const SongEvent& event) { take(event); }));
}

void SongModel::openFile(const QString& path) {
    const SongAudio song{QFileInfo(path).completeBaseName().toStdString(), {}, path.toStdString(), {}};
    const auto known = std::ranges::find(songs_, song.mixture, &SongAudio::mixture);
    open(known == songs_.end() ? song : SongAudio(*known));
}

const PlaybackAudio* SongModel::reference(const std::string& stem) const {
    const auto found = references_.find(stem);
    return found == references_.end() ? nullptr : &found->second;
}

void SongModel::take(const SongEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != request_)
        return;
    if (const auto* failure = std::get_if<SongFailed>(&event)) {
        fail(failure->error);
    } else if (const auto* opening = std::get_if<SongOpened>(&event)) {
        begin(*opening);
    } else if (const auto* part = std::get_if<SongPart>(&event)) {
        takePart(*part);
    } else {
        loaded_ = true;
        Q_EMIT loaded();
    }
}

void SongModel::begin(const SongOpened& opening) {
    load_ = request_;
    song_ = wanted_;
    unfinished_.reset();
    loaded_ = false;
    frames_ = opening.frames;
    sampleRate_ = opening.sampleRate;
    mixture_ = {};
    stems_ = opening.stems;
    references_.clear();
    for (const std::string& stem : stems_)
        references_[stem] = {};
    listOpenSong();
    Q_EMIT opened();
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

/// A song that cannot be opened leaves the one that is open as it is. If that was still being read, reading
/// it starts again, because a new request ends the last.
void SongModel::fail(const Error& error) {
    Q_EMIT failed(error);
    if (const auto song = std::exchange(unfinished_, std::nullopt); song && request_ != load_)
        open(*song);
}

void SongModel::takePart(const SongPart& part) {
    (part.stem.empty() ? mixture_ : references_[part.stem]).append(part.block);
    Q_EMIT grew();
}

} // namespace headroom::ui
