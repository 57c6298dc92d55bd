// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/foreign_layout.h"

#include "core/data/folder_entries.h"
#include "core/data/stem_folders.h"
#include "core/data/stem_names.h"
#include "core/data/track_folders.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;

using Found = std::optional<ForeignLayout>;

std::string nameOf(const fs::path& path) {
    return path.filename().string();
}

bool isFolder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

/// The folder itself and the folders of its splits.
std::vector<fs::path> placesOfSongs(const fs::path& root) {
    std::vector<fs::path> places = {root};
    for (const fs::path& folder : foldersIn(root)) {
        const std::string name = lowerCase(nameOf(folder));
        if (name == "train" || name == "test" || name == "valid" || name == "val" || name == "validation")
            places.push_back(folder);
    }
    return places;
}

ForeignLayout stemMp4Layout(const fs::path& song) {
    return {
        fmt::format("{} is a song of MUSDB18 as MP4, with five streams (mixture, drums, bass, other, vocals)",
                    nameOf(song)),
        "Decode all songs with musdbconvert from the musdb package, or use MUSDB18-HQ."};
}

Found stemMp4(const fs::path& place) {
    const auto files = filesIn(place);
    const auto song = std::ranges::find_if(
        files, [](const fs::path& file) { return lowerCase(nameOf(file)).ends_with(".stem.mp4"); });
    return song == files.end() ? Found() : stemMp4Layout(*song);
}

Found dsd100(const fs::path& root) {
    const auto sources = root / "Sources";
    if (!isFolder(sources / "Dev") && !isFolder(sources / "Test"))
        return std::nullopt;
    return ForeignLayout{"Sources/Dev and Sources/Test: this is DSD100",
                         "Create a folder with symbolic links to them: train to Sources/Dev, test to "
                         "Sources/Test."};
}

/// An archive, or a table that contains the data set.
Found archive(const fs::path& root) {
    for (const fs::path& file : filesIn(root)) {
        const std::string name = lowerCase(nameOf(file));
        for (const char* ending : {".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"}) {
            if (name.ends_with(ending))
                return ForeignLayout{fmt::format("{} is an archive", nameOf(file)), "Extract it here."};
        }
        if (name.ends_with(".parquet"))
            return ForeignLayout{fmt::format("{} is a table that contains the audio", nameOf(file)),
                                 "Export it to a folder per song, with a WAV or FLAC file per stem."};
    }
    return std::nullopt;
}

Found looseSongFiles(const fs::path& root) {
    if (!hasStemFiles(root))
        return std::nullopt;
    return ForeignLayout{"no song folders found, only audio files: this looks like one song",
                         "Use the folder that contains the song folders."};
}

/// Song folders with stems only in unsupported formats.
Found unreadStems(const fs::path& place) {
    std::map<std::string, int> kinds;
    std::string example;
    for (const fs::path& folder : foldersIn(place)) {
        for (const fs::path& file : filesIn(folder)) {
            const auto kind = unsupportedFormat(file);
            if (!kind)
                continue;
            ++kinds[std::string(*kind)];
            if (example.empty())
                example = nameOf(folder) + "/" + nameOf(file);
        }
    }
    if (kinds.empty())
        return std::nullopt;
    std::vector<std::string> counts;
    for (const auto& [kind, count] : kinds)
        counts.push_back(fmt::format("{} {}", count, kind));
    return ForeignLayout{
        fmt::format("{} {} ({} files in total)", example, unsupportedReason(), fmt::join(counts, ", ")),
        "Convert them, for example with ffmpeg -i vocals.mpc vocals.wav."};
}

bool isSongFolder(const fs::path& folder) {
    return hasStemFiles(folder) || holdsTrackFolders(folder);
}

/// root/x/vocals/take.wav next to root/x/song/vocals.wav
Found stemsAmongSongs(const fs::path& place) {
    const auto folders = foldersIn(place);
    const auto mixed = std::ranges::find_if(folders, holdsStemsAsFolders);
    if (mixed == folders.end())
        return std::nullopt;
    return ForeignLayout{
        fmt::format("{} contains folders of stems next to other folders with audio", nameOf(*mixed)),
        "Keep either a folder per stem in it, such as vocals and drums, whose files are summed, or songs."};
}

/// root/artist/album/song/vocals.wav
Found songsTooDeep(const fs::path& place) {
    for (const fs::path& artist : foldersIn(place)) {
        for (const fs::path& album : foldersIn(artist)) {
            const auto songs = foldersIn(album);
            const auto song = std::ranges::find_if(songs, isSongFolder);
            if (song != songs.end())
                return ForeignLayout{fmt::format("songs are two folders deeper, such as {}",
                                                 song->lexically_relative(place).string()),
                                     "Songs are read from artist/song, but no deeper. Use the folder that "
                                     "contains the artists, or symbolic links."};
        }
    }
    return std::nullopt;
}

/// root/musdb18hq/train/song/vocals.wav
Found datasetInside(const fs::path& root) {
    for (const fs::path& folder : foldersIn(root)) {
        if (auto found = dsd100(folder))
            return ForeignLayout{nameOf(folder) + ": " + found->what, found->remedy};
        for (const fs::path& place : placesOfSongs(folder)) {
            if (place == folder)
                continue;
            if (std::ranges::any_of(foldersIn(place), isSongFolder))
                return ForeignLayout{fmt::format("the data set is in {}", nameOf(folder)),
                                     fmt::format("Use {}.", folder.string())};
        }
    }
    return std::nullopt;
}

Found emptyFolders(const fs::path& place) {
    const auto folders = foldersIn(place);
    const auto isEmpty = [](const fs::path& folder) {
        return foldersIn(folder).empty() && filesIn(folder).empty();
    };
    if (folders.empty() || !std::ranges::all_of(folders, isEmpty))
        return std::nullopt;
    return ForeignLayout{fmt::format("no songs found: {} folders, all empty", folders.size()),
                         "Each should contain an audio file per stem, such as vocals.wav."};
}

} // namespace

Found recognizeLayout(const fs::path& path) {
    if (!isFolder(path)) {
        if (lowerCase(nameOf(path)).ends_with(".stem.mp4"))
            return stemMp4Layout(path);
        return std::nullopt;
    }
    if (auto song = looseSongFiles(path))
        return song;
    const auto places = placesOfSongs(path);
    for (const auto recognize : {stemMp4, dsd100, unreadStems, datasetInside, stemsAmongSongs, songsTooDeep,
                                 archive, emptyFolders}) {
        for (const fs::path& place : places) {
            if (auto found = recognize(place))
                return found;
        }
    }
    return std::nullopt;
}

} // namespace headroom
