#include "ui/models/song_model.h"

#include "core/config/run_config.h"
#include "ui/bridge/listen_bridge.h"

#include <QFileInfo>

#include <algorithm>

namespace headroom::ui {

void SongModel::listDataset(const QString& folder, const RunConfig& config) {
    list_ = bridge_.nextNumber();
    bridge_.listening().listSongs(list_, folder.toStdString(), config,
                                  bridge_.onGui<SongList>(this, [this](const SongList& list) {
                                      if (list.number != list_)
                                          return;
                                      songs_ = list.songs;
                                      QStringList notices;
                                      for (const std::string& notice : list.notices)
                                          notices << QString::fromStdString(notice);
                                      if (list.error)
                                          Q_EMIT failed(*list.error);
                                      Q_EMIT songsListed(notices);
                                  }));
}

void SongModel::open(const SongSounds& song) {
    load_ = bridge_.nextNumber();
    song_ = song;
    loaded_ = false;
    bridge_.listening().load(load_, song, 0,
                             bridge_.onGui<SongEvent>(this, [this](const SongEvent& event) { take(event); }));
}

void SongModel::openFile(const QString& path) {
    const SongSounds song{QFileInfo(path).completeBaseName().toStdString(), {}, path.toStdString(), {}};
    const auto known = std::ranges::find(songs_, song.mixture, &SongSounds::mixture);
    if (known == songs_.end()) {
        songs_.insert(songs_.begin(), song);
        Q_EMIT songAdded();
        open(song);
    } else {
        open(SongSounds(*known));
    }
}

const Sound* SongModel::reference(const std::string& stem) const {
    const auto found = references_.find(stem);
    return found == references_.end() ? nullptr : &found->second;
}

void SongModel::take(const SongEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != load_)
        return;
    if (const auto* failure = std::get_if<SongFailed>(&event)) {
        Q_EMIT failed(failure->error);
    } else if (const auto* opening = std::get_if<SongOpened>(&event)) {
        frames_ = opening->frames;
        sampleRate_ = opening->sampleRate;
        mixture_ = {};
        stems_ = opening->stems;
        references_.clear();
        for (const std::string& stem : stems_)
            references_[stem] = {};
        Q_EMIT opened();
    } else if (const auto* part = std::get_if<SongPart>(&event)) {
        takePart(*part);
    } else {
        loaded_ = true;
        Q_EMIT loaded();
    }
}

void SongModel::takePart(const SongPart& part) {
    (part.stem.empty() ? mixture_ : references_[part.stem]).append(part.block);
    Q_EMIT grew();
}

} // namespace headroom::ui
