// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_folders.h"

#include "core/data/folder_entries.h"
#include "core/data/foreign_layout.h"
#include "core/data/stem_folders.h"
#include "core/data/stem_names.h"
#include "core/data/stem_table.h"
#include "core/data/track_folders.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::optional<Split> splitOf(const fs::path& folder) {
    const std::string name = lowerCase(folder.filename().string());
    if (name == "train")
        return Split::Train;
    if (name == "valid" || name == "val" || name == "validation")
        return Split::Validation;
    return name == "test" ? std::optional(Split::Test) : std::nullopt;
}

bool isCompressedStem(const StemPaths& stem) {
    return std::ranges::all_of(stem.files, isCompressedFile);
}

/// Next to uncompressed files, compressed ones are copies of them or previews of the song, unless they are
/// named like a stem.
/// @param others more stems of the song
void setAsideCompressed(SongFolder& song, const std::vector<StemPaths>& others = {}) {
    if (std::ranges::all_of(song.stems, isCompressedStem) && std::ranges::all_of(others, isCompressedStem))
        return;
    std::vector<StemPaths> kept;
    for (const StemPaths& stem : song.stems) {
        const bool isCopy = std::ranges::any_of(song.stems, [&](const StemPaths& other) {
            return other.stem == stem.stem && !isCompressedStem(other);
        });
        if (!isCompressedStem(stem) || (!isCopy && isCommonStem(stem.stem)))
            kept.push_back(stem);
        else
            song.unread.push_back(
                {stem.stem, stem.files.front(),
                 isCopy ? "is compressed, unlike the other file of this stem"
                        : "is compressed, unlike other files of the song, and not named like a stem"});
    }
    song.stems = std::move(kept);
}

/// A song whose stems are the files in the folder itself.
SongFolder readStemFiles(const fs::path& folder, Split split) {
    SongFolder song{folder.filename().string(), split, folder};
    for (const fs::directory_entry& file : entriesOf(folder)) {
        if (isStemFile(file.path()))
            song.stems.push_back({stemName(file.path()), {file.path()}});
        else if (unsupportedFormat(file.path()))
            song.unread.push_back({stemName(file.path()), file.path(), unsupportedReason()});
    }
    std::ranges::stable_sort(song.stems, {}, &StemPaths::stem);
    return song;
}

/// The stems are the files in the folder; without any but the mixture, its folders of tracks.
SongFolder readSongFolder(const fs::path& folder, Split split) {
    SongFolder files = readStemFiles(folder, split);
    if (holdsTrackFolders(folder)) {
        SongFolder song = songOfTrackFolders(folder, split);
        SongFolder beside = files;
        setAsideCompressed(beside, song.stems);
        const auto isMixture = [](const StemPaths& stem) { return stem.stem == mixtureName; };
        if (std::ranges::all_of(beside.stems, isMixture)) {
            std::ranges::move(beside.stems, std::back_inserter(song.stems));
            std::ranges::move(beside.unread, std::back_inserter(song.unread));
            std::ranges::stable_sort(song.stems, {}, &StemPaths::stem);
            return song;
        }
    }
    setAsideCompressed(files);
    return files;
}

bool holdsAudio(const fs::path& folder) {
    return std::ranges::any_of(filesIn(folder), [](const fs::path& file) {
        return isStemFile(file) || unsupportedFormat(file).has_value();
    });
}

/// Why a folder is not a song.
std::string reasonUnused(const SongFolder& folder) {
    if (!folder.unread.empty())
        return fmt::format("contains only {} audio, but {}", *unsupportedFormat(folder.unread.front().path),
                           requiredFormats);
    const auto inside = foldersIn(folder.folder);
    if (std::ranges::any_of(inside, holdsAudio))
        return "has its audio files in subfolders, which are not read";
    return inside.empty() && filesIn(folder.folder).empty() ? "is empty" : "contains no audio files";
}

/// Whether a folder is a link to a folder that contains it.
bool isLoop(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_symlink(folder, error))
        return false;
    const fs::path target = fs::canonical(folder, error);
    if (error)
        return false;
    const fs::path parent = fs::canonical(folder.parent_path(), error);
    return !error && std::ranges::mismatch(target, parent).in1 == target.end();
}

/// Whether a folder without audio files contains songs, and not stems as folders.
bool isArtistFolder(const fs::path& folder) {
    std::error_code error;
    const auto isSong = [](const fs::path& inside) {
        return hasStemFiles(inside) || holdsTrackFolders(inside);
    };
    return !fs::exists(folder / "data.json", error) && std::ranges::any_of(foldersIn(folder), isSong) &&
           !holdsStemsAsFolders(folder);
}

void addSong(SongFolder song, SongFolders& found) {
    if (song.stems.empty()) {
        found.unused.push_back({reasonUnused(song), song.folder});
        return;
    }
    for (const fs::path& inside : foldersIn(song.folder)) {
        if (!isTrackLayout(song.layout) && holdsAudio(inside))
            found.unused.push_back(
                {"contains audio files, but stems are read only from the song folder itself", inside});
        for (const fs::path& deeper : foldersIn(inside)) {
            if (isTrackLayout(song.layout) && holdsAudio(deeper))
                found.unused.push_back({"is in a folder of tracks, where only files are read", deeper});
        }
    }
    found.songs.push_back(std::move(song));
}

/// A song, or the songs of an artist.
void addFolder(const fs::path& path, Split split, SongFolders& found) {
    const auto refuseLoop = [&](const fs::path& folder) {
        if (!isLoop(folder))
            return false;
        found.unused.push_back({"is a link to a folder that contains it", folder});
        return true;
    };
    if (refuseLoop(path))
        return;
    SongFolder song = readSongFolder(path, split);
    if (!song.stems.empty() || !isArtistFolder(path)) {
        addSong(std::move(song), found);
        return;
    }
    for (const fs::path& inside : foldersIn(path)) {
        if (refuseLoop(inside))
            continue;
        song = readSongFolder(inside, split);
        song.name = path.filename().string() + " - " + song.name;
        if (!isTrackLayout(song.layout))
            song.layout = DatasetLayout::ArtistFolders;
        addSong(std::move(song), found);
    }
}

void refuse(const ForeignLayout& layout, const fs::path& place) {
    throw Error(ErrorKind::Input, layout.what, place.string(), layout.remedy);
}

/// The songs of the tables in a folder, if there are no others. Folders of tracks are recognized only by
/// their names, so that the table may be about them.
void addTables(const fs::path& parent, Split split, SongFolders& songs) {
    SongFolders found;
    const bool areOnlyTracks = std::ranges::all_of(
        songs.songs, [](const SongFolder& song) { return song.layout == DatasetLayout::TrackFolders; });
    for (const fs::path& file : filesIn(parent)) {
        if (!isStemTable(file))
            continue;
        if (areOnlyTracks)
            std::ranges::move(songsOfStemTable(file, splitOf(file.stem()).value_or(split)),
                              std::back_inserter(found.songs));
        else
            songs.unused.push_back(
                {"is a table of files next to songs; to use it, set data.root to it", file});
    }
    if (!found.songs.empty())
        songs = std::move(found); // the other folders contain its files
}

/// The songs in the folder of a split, or in the root.
SongFolders songsIn(const fs::path& parent, Split split) {
    SongFolders found;
    if (!namedStemFolders(parent).empty()) {
        found = songsOfStemFolders(parent, split);
    } else {
        for (const fs::directory_entry& entry : entriesOf(parent)) {
            std::error_code error;
            const bool isSplit = splitOf(entry.path()).has_value();
            if (entry.is_directory(error) && !isSplit)
                addFolder(entry.path(), split, found);
            else if (entry.is_symlink(error) && !entry.exists(error))
                found.unused.push_back({"is a link to a folder that is not there", entry.path()});
        }
    }
    addTables(parent, split, found);
    return found;
}

void append(SongFolders more, SongFolders& all) {
    std::ranges::move(more.songs, std::back_inserter(all.songs));
    std::ranges::move(more.unused, std::back_inserter(all.unused));
}

/// Folders next to train/ and test/ that contain songs or are songs.
void addUnusedSplits(const fs::path& root, SongFolders& found) {
    for (const fs::path& folder : foldersIn(root)) {
        const auto isSong = [](const fs::path& inside) {
            return holdsAudio(inside) || holdsTrackFolders(inside);
        };
        if (splitOf(folder))
            continue;
        if (std::ranges::any_of(foldersIn(folder), isSong))
            found.unused.push_back(
                {"contains songs, but songs are read only from train/, valid/ and test/", folder});
        else if (isSong(folder))
            found.unused.push_back(
                {"is a song, but songs are read only from train/, valid/ and test/", folder});
    }
}

/// "12 .npz files, 3 folders"
std::string contentsOf(const fs::path& root) {
    std::map<std::string, int> kinds;
    for (const fs::path& file : filesIn(root))
        ++kinds[file.extension().string()];
    std::string text;
    for (const auto& [kind, count] : kinds)
        text += fmt::format("{}{} {} file{}", text.empty() ? "" : ", ", count, kind.empty() ? "other" : kind,
                            count == 1 ? "" : "s");
    if (const auto folders = foldersIn(root).size(); folders > 0)
        text += fmt::format("{}{} folder{}", text.empty() ? "" : ", ", folders, folders == 1 ? "" : "s");
    return text.empty() ? "the folder is empty" : "the folder contains " + text;
}

void refuseWithoutSongs(const fs::path& root) {
    if (const auto layout = recognizeLayout(root))
        refuse(*layout, root);
    throw Error(
        ErrorKind::Input, fmt::format("no songs found: {}", contentsOf(root)), root.string(),
        "It should contain a folder per song (directly, or in train/ and test/), with an audio file per "
        "stem, such as vocals.wav; or a folder per stem, with a file per song.");
}

void requireFolder(const fs::path& root) {
    std::error_code error;
    if (fs::is_directory(root, error))
        return;
    if (const auto layout = recognizeLayout(root))
        refuse(*layout, root);
    throw Error(ErrorKind::Input,
                fs::exists(root, error) ? "this is not a folder" : "there is no such folder", root.string(),
                "Use the folder of the data set (data.root).");
}

/// A song of MoisesDB has a folder per stem, like a data set.
void refuseSong(const fs::path& root) {
    if (holdsTrackFolders(root) && songOfTrackFolders(root, Split::Train).layout == DatasetLayout::MoisesDb)
        throw Error(ErrorKind::Input, "data.json lists the tracks of one song", root.string(),
                    "Use the folder that contains the song folders.");
}

} // namespace

std::string splitName(Split split) {
    switch (split) {
    case Split::Train:
        return "train";
    case Split::Validation:
        return "validation";
    case Split::Test:
        break;
    }
    return "test";
}

void nameStems(SongFolder& folder, const std::vector<std::string>& names) {
    for (StemPaths& stem : folder.stems) {
        const auto name = std::ranges::find(names, lowerCase(stem.stem), lowerCase);
        if (name != names.end())
            stem.stem = *name;
    }
    std::ranges::stable_sort(folder.stems, {}, &StemPaths::stem);
}

void keepStems(SongFolder& folder, const std::vector<std::string>& stems) {
    std::erase_if(folder.stems, [&](const StemPaths& stem) {
        return !stems.empty() && stem.stem != mixtureName &&
               std::ranges::find(stems, stem.stem) == stems.end();
    });
}

std::vector<std::string> unalignedSongs(const std::vector<SongFolder>& songs) {
    const auto areFolders = [](const SongFolder& song) {
        return song.layout != DatasetLayout::StemFolders && song.layout != DatasetLayout::StemTable;
    };
    std::map<Split, std::set<std::string>> stems;
    for (const SongFolder& song : songs) {
        for (const StemPaths& stem : song.stems) {
            if (!areFolders(song) && stem.stem != mixtureName)
                stems[song.split].insert(stem.stem);
        }
    }
    std::vector<std::string> names;
    for (const SongFolder& song : songs) {
        std::set<std::string> missing = areFolders(song) ? std::set<std::string>() : stems[song.split];
        for (const StemPaths& stem : song.stems)
            missing.erase(stem.stem);
        if (!missing.empty())
            names.push_back(song.name);
    }
    return names;
}

SongFolders findSongFolders(const fs::path& root) {
    SongFolders found;
    std::error_code code;
    if (lowerCase(root.extension().string()) == ".csv" && fs::is_regular_file(root, code)) {
        found.songs = songsOfStemTable(root, Split::Train);
        return found;
    }
    requireFolder(root);
    refuseSong(root);
    bool hasTrainOrTest = false;
    for (const fs::directory_entry& entry : entriesOf(root)) {
        std::error_code error;
        const auto split = splitOf(entry.path());
        if (!split || !entry.is_directory(error))
            continue;
        hasTrainOrTest = hasTrainOrTest || *split != Split::Validation;
        append(songsIn(entry.path(), *split), found);
    }
    if (hasTrainOrTest)
        addUnusedSplits(root, found);
    else
        append(songsIn(root, Split::Train), found);
    if (found.songs.empty())
        refuseWithoutSongs(root);
    std::ranges::stable_sort(found.songs, {},
                             [](const SongFolder& song) { return std::pair(song.split, song.name); });
    return found;
}

} // namespace headroom
