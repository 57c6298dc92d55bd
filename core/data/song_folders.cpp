// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_folders.h"

#include "core/data/folder_entries.h"
#include "core/data/foreign_layout.h"
#include "core/data/stem_folders.h"
#include "core/data/stem_names.h"
#include "core/data/stem_table.h"
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

/// Next to uncompressed files, compressed ones are copies of them or previews of the song, unless they are
/// named like a stem.
void setAsideCompressed(SongFolder& song) {
    const auto isCompressed = [](const StemPath& file) { return isCompressedFile(file.path); };
    const auto isSpare = [&](const StemPath& file) {
        const auto isSame = [&](const StemPath& other) {
            return other.stem == file.stem && !isCompressed(other);
        };
        return isCompressed(file) && (!isCommonStem(file.stem) || std::ranges::any_of(song.files, isSame));
    };
    if (std::ranges::all_of(song.files, isCompressed))
        return;
    for (const StemPath& file : song.files) {
        if (isSpare(file))
            song.unread.push_back({file.stem, file.path, "is compressed, unlike other files of the song"});
    }
    const auto isUnread = [&](const StemPath& file) {
        return std::ranges::find(song.unread, file.path, &UnreadPath::path) != song.unread.end();
    };
    std::erase_if(song.files, isUnread);
}

SongFolder readSongFolder(const fs::path& folder, Split split) {
    SongFolder song{folder.filename().string(), split, folder};
    for (const fs::directory_entry& file : entriesOf(folder)) {
        if (isStemFile(file.path()))
            song.files.push_back({stemName(file.path()), file.path()});
        else if (unsupportedFormat(file.path()))
            song.unread.push_back({stemName(file.path()), file.path(), unsupportedReason()});
    }
    std::ranges::stable_sort(song.files, {}, &StemPath::stem);
    setAsideCompressed(song);
    return song;
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
    return !fs::exists(folder / "data.json", error) && std::ranges::any_of(foldersIn(folder), hasStemFiles) &&
           !holdsStemsAsFolders(folder);
}

void addSong(SongFolder song, SongFolders& found) {
    if (song.files.empty()) {
        found.unused.push_back({reasonUnused(song), song.folder});
        return;
    }
    for (const fs::path& inside : foldersIn(song.folder)) {
        if (holdsAudio(inside))
            found.unused.push_back(
                {"contains audio files, but stems are read only from the song folder itself", inside});
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
    if (!song.files.empty() || !isArtistFolder(path)) {
        addSong(std::move(song), found);
        return;
    }
    for (const fs::path& inside : foldersIn(path)) {
        if (refuseLoop(inside))
            continue;
        song = readSongFolder(inside, split);
        song.name = path.filename().string() + " - " + song.name;
        song.layout = DatasetLayout::ArtistFolders;
        addSong(std::move(song), found);
    }
}

void refuse(const ForeignLayout& layout, const fs::path& place) {
    throw Error(ErrorKind::Input, layout.what, place.string(), layout.remedy);
}

/// The songs of the tables in a folder, if there are no others.
void addTables(const fs::path& parent, Split split, SongFolders& songs) {
    SongFolders found;
    for (const fs::path& file : filesIn(parent)) {
        if (!isStemTable(file))
            continue;
        if (songs.songs.empty())
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
        }
    }
    addTables(parent, split, found);
    return found;
}

void append(SongFolders more, SongFolders& all) {
    std::ranges::move(more.songs, std::back_inserter(all.songs));
    std::ranges::move(more.unused, std::back_inserter(all.unused));
}

/// Folders next to train/ and test/ that contain songs.
void addUnusedSplits(const fs::path& root, SongFolders& found) {
    for (const fs::path& folder : foldersIn(root)) {
        if (!splitOf(folder) && std::ranges::any_of(foldersIn(folder), holdsAudio))
            found.unused.push_back(
                {"contains songs, but songs are read only from train/, valid/ and test/", folder});
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
    for (StemPath& file : folder.files) {
        const auto name = std::ranges::find(names, lowerCase(file.stem), lowerCase);
        if (name != names.end())
            file.stem = *name;
    }
    std::ranges::stable_sort(folder.files, {}, &StemPath::stem);
}

void keepStems(SongFolder& folder, const std::vector<std::string>& stems) {
    std::erase_if(folder.files, [&](const StemPath& file) {
        return !stems.empty() && file.stem != mixtureName &&
               std::ranges::find(stems, file.stem) == stems.end();
    });
}

std::vector<std::string> unalignedSongs(const std::vector<SongFolder>& songs) {
    const auto areFolders = [](const SongFolder& song) {
        return song.layout == DatasetLayout::SongFolders || song.layout == DatasetLayout::ArtistFolders;
    };
    std::map<Split, std::set<std::string>> stems;
    for (const SongFolder& song : songs) {
        for (const StemPath& file : song.files) {
            if (!areFolders(song) && file.stem != mixtureName)
                stems[song.split].insert(file.stem);
        }
    }
    std::vector<std::string> names;
    for (const SongFolder& song : songs) {
        std::set<std::string> missing = areFolders(song) ? std::set<std::string>() : stems[song.split];
        for (const StemPath& file : song.files)
            missing.erase(file.stem);
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
