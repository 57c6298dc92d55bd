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
        else if (unreadAudioKind(file.path()))
            song.unread.push_back(file.path());
    }
    return song;
}

bool holdsSounds(const fs::path& folder) {
    return std::ranges::any_of(filesIn(folder), [](const fs::path& file) {
        return isStemFile(file) || unreadAudioKind(file).has_value();
    });
}

/// Why a folder beside songs is none.
std::string whyUnused(const SongFolder& folder) {
    if (!folder.unread.empty())
        return fmt::format("holds sound as {} only, but stems must be WAV, FLAC or AIFF",
                           *unreadAudioKind(folder.unread.front()));
    const auto inside = foldersIn(folder.folder);
    if (std::ranges::any_of(inside, holdsSounds))
        return "holds its sound files in folders of their own, which are not read";
    return inside.empty() && filesIn(folder.folder).empty() ? "is empty" : "holds no sound files";
}

void addSong(const fs::path& path, Split split, SongFolders& found) {
    SongFolder song = readSongFolder(path, split);
    if (song.files.empty()) {
        found.unused.push_back({whyUnused(song), path});
        return;
    }
    for (const fs::path& inside : foldersIn(path)) {
        if (holdsSounds(inside))
            found.unused.push_back(
                {"holds sound files, but stems are read from the song's own folder", inside});
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

/// A folder beside train/ and test/ that holds songs.
void addUnusedSplits(const fs::path& root, SongFolders& found) {
    for (const fs::path& folder : foldersIn(root)) {
        if (!splitOf(folder) && std::ranges::any_of(foldersIn(folder), holdsSounds))
            found.unused.push_back({"holds songs, but songs are read from train/, valid/ and test/", folder});
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
    return text.empty() ? "it is empty" : "it holds " + text;
}

void refuseWithoutSongs(const fs::path& root) {
    if (const auto layout = recognizeLayout(root))
        refuse(*layout, root);
    throw Error(ErrorKind::Input, fmt::format("there are no songs here: {}", contentsOf(root)), root.string(),
                "It should hold a folder for each song (or train/ and test/ with such folders) with a sound "
                "file for each stem, such as vocals.wav.");
}

void requireFolder(const fs::path& root) {
    std::error_code error;
    if (fs::is_directory(root, error))
        return;
    if (const auto layout = recognizeLayout(root))
        refuse(*layout, root);
    throw Error(ErrorKind::Input,
                fs::exists(root, error) ? "this is not a folder" : "there is no such folder", root.string(),
                "Give the folder of the data set (data.root).");
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
