// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_folders.h"

#include "core/data/folder_entries.h"
#include "core/data/foreign_layout.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
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

SongFolder readSongFolder(const fs::path& folder, Split split) {
    SongFolder song{folder.filename().string(), split, folder, {}, {}};
    for (const fs::directory_entry& file : entriesOf(folder)) {
        if (isStemFile(file.path()))
            song.files.push_back({file.path().stem().string(), file.path()});
        else if (unsupportedFormat(file.path()))
            song.unread.push_back(file.path());
    }
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
        return fmt::format("contains only {} audio, but stems must be WAV, FLAC or AIFF",
                           *unsupportedFormat(folder.unread.front()));
    const auto inside = foldersIn(folder.folder);
    if (std::ranges::any_of(inside, holdsAudio))
        return "has its audio files in subfolders, which are not read";
    return inside.empty() && filesIn(folder.folder).empty() ? "is empty" : "contains no audio files";
}

void addSong(const fs::path& path, Split split, SongFolders& found) {
    SongFolder song = readSongFolder(path, split);
    if (song.files.empty()) {
        found.unused.push_back({reasonUnused(song), path});
        return;
    }
    for (const fs::path& inside : foldersIn(path)) {
        if (holdsAudio(inside))
            found.unused.push_back(
                {"contains audio files, but stems are read only from the song folder itself", inside});
    }
    found.songs.push_back(std::move(song));
}

void refuse(const ForeignLayout& layout, const fs::path& place) {
    throw Error(ErrorKind::Input, layout.what, place.string(), layout.remedy);
}

/// The songs in the folder of a split, or in the root.
void addSongs(const fs::path& parent, Split split, SongFolders& found) {
    if (const auto layout = recognizeStemFolders(parent))
        refuse(*layout, parent);
    for (const fs::directory_entry& entry : entriesOf(parent)) {
        std::error_code error;
        const bool isSplit = splitOf(entry.path()).has_value();
        if (entry.is_directory(error) && !isSplit)
            addSong(entry.path(), split, found);
    }
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
        "stem, such as vocals.wav.");
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

void keepStems(SongFolder& folder, const std::vector<std::string>& stems) {
    std::erase_if(folder.files, [&](const StemPath& file) {
        return !stems.empty() && file.stem != mixtureName &&
               std::ranges::find(stems, file.stem) == stems.end();
    });
}

SongFolders findSongFolders(const fs::path& root) {
    requireFolder(root);
    SongFolders found;
    bool hasTrainOrTest = false;
    for (const fs::directory_entry& entry : entriesOf(root)) {
        std::error_code error;
        const auto split = splitOf(entry.path());
        if (!split || !entry.is_directory(error))
            continue;
        hasTrainOrTest = hasTrainOrTest || *split != Split::Validation;
        addSongs(entry.path(), *split, found);
    }
    if (hasTrainOrTest)
        addUnusedSplits(root, found);
    else
        addSongs(root, Split::Train, found);
    if (found.songs.empty())
        refuseWithoutSongs(root);
    std::ranges::stable_sort(found.songs, {}, &SongFolder::split);
    return found;
}

} // namespace headroom
