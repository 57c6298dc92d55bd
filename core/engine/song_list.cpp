// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/song_list.h"

#include "core/data/song_library.h"
#include "core/data/validation_split.h"

#include <utility>

namespace headroom {
namespace {

void append(const std::vector<Song>& songs, const std::string& split, SongList& list) {
    for (const Song& song : songs) {
        SongAudio audio{song.name, split, {}, {}};
        if (song.mixture && song.mixture->files.size() == 1)
            audio.mixture = song.mixture->files.front().path.string();
        for (const SongStem& stem : song.stems) {
            StemAudio files{stem.stem, {}};
            for (const SongFile& file : stem.files)
                files.paths.push_back(file.path.string());
            audio.stems.push_back(std::move(files));
        }
        list.songs.push_back(std::move(audio));
    }
}

/// Training and validation songs by the configuration, or by folder if the configuration does not fit the
/// data set.
DividedSongs divided(const SongLibrary& library, const RunConfig& config) {
    try {
        return divideSongs(library, config.data.validation, static_cast<std::uint64_t>(config.training.seed));
    } catch (const Error& error) {
        return {library.train, library.validation, {error.message()}};
    }
}

} // namespace

SongList songsOfDataset(const std::string& dataset, const RunConfig& config) {
    const AudioFormat format{config.audio.sampleRate, config.audio.channels};
    DataConfig data = configuredFor(dataset, config.data);
    data.fileErrors = FileErrorPolicy::Skip;
    const SongLibrary library = openLibrary(data, format);
    SongList list;
    list.notices = library.notices;
    append(library.test, "test", list);
    const DividedSongs songs = divided(library, config);
    append(songs.validation, "validation", list);
    append(songs.training, "train", list);
    return list;
}

} // namespace headroom
