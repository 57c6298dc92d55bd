#include "core/data/foreign_layout.h"

#include "core/data/folder_entries.h"
#include "core/data/stem_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <functional>
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

bool hasStemFiles(const fs::path& folder) {
    return std::ranges::any_of(filesIn(folder), isStemFile);
}

/// The folder and those of its splits, if it has any.
std::vector<fs::path> placesOfSongs(const fs::path& root) {
    std::vector<fs::path> places = {root};
    for (const fs::path& folder : foldersIn(root)) {
        const std::string name = lowerCase(nameOf(folder));
        if (name == "train" || name == "test" || name == "valid" || name == "val" || name == "validation")
            places.push_back(folder);
    }
    return places;
}

Found moisesDb(const fs::path& root) {
    const auto folders = foldersIn(root);
    const auto count = std::ranges::count_if(folders, [](const fs::path& folder) {
        std::error_code error;
        return fs::is_regular_file(folder / "data.json", error);
    });
    if (count == 0)
        return std::nullopt;
    return ForeignLayout{
        fmt::format("{} folder{} with data.json: this is MoisesDB, whose stems are folders of tracks", count,
                    count == 1 ? "" : "s"),
        "Write a folder for each song with the sum of each stem's tracks as vocals.wav, drums.wav, ... (the "
        "moisesdb package mixes them)."};
}

ForeignLayout stemMp4Layout(const fs::path& song) {
    return {
        fmt::format("{} is a song of MUSDB18 as MP4, with five streams (mixture, drums, bass, other, vocals)",
                    nameOf(song)),
        "Decode all of them with musdbconvert of the musdb package, or take MUSDB18-HQ."};
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
                         "Make a folder with links to them: train to Sources/Dev, test to Sources/Test."};
}

/// The first line of such a file names its columns.
bool isStemTable(const fs::path& file) {
    if (lowerCase(file.extension().string()) != ".csv")
        return false;
    constexpr std::streamsize longest = 4096;
    std::string head(longest, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(head.data(), longest);
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    head = head.substr(0, head.find_first_of("\r\n"));
    return head.find("instrum") != std::string::npos && head.find("path") != std::string::npos;
}

ForeignLayout tableLayout(const fs::path& file) {
    return {
        fmt::format("{} lists sound files by instrument (columns instrum and path), without songs",
                    nameOf(file)),
        "Put the stems of each song together in one folder, as vocals.wav, drums.wav, ...; links will do."};
}

Found stemTable(const fs::path& place) {
    const auto files = filesIn(place);
    const auto table = std::ranges::find_if(files, isStemTable);
    return table == files.end() ? Found() : tableLayout(*table);
}

/// One of the entries that are packed data sets.
Found archive(const fs::path& root) {
    for (const fs::path& file : filesIn(root)) {
        const std::string name = lowerCase(nameOf(file));
        for (const char* ending : {".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"}) {
            if (name.ends_with(ending))
                return ForeignLayout{fmt::format("{} is packed", nameOf(file)), "Unpack it here."};
        }
        if (name.ends_with(".parquet"))
            return ForeignLayout{
                fmt::format("{} is a table with the sounds in it", nameOf(file)),
                "Export it to a folder for each song with a WAV or FLAC file for each stem."};
    }
    return std::nullopt;
}

Found looseSongFiles(const fs::path& root) {
    if (!hasStemFiles(root))
        return std::nullopt;
    return ForeignLayout{"there are no songs here, but sound files: this looks like one song",
                         "Give the folder that holds the folders of the songs."};
}

/// Song folders whose stems are all of kinds that are not read.
Found unreadStems(const fs::path& place) {
    std::map<std::string, int> kinds;
    std::string example;
    for (const fs::path& folder : foldersIn(place)) {
        for (const fs::path& file : filesIn(folder)) {
            const auto kind = unreadAudioKind(file);
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
    return ForeignLayout{fmt::format("{} is here, but stems must be WAV, FLAC or AIFF ({} files in all)",
                                     example, fmt::join(counts, ", ")),
                         "Convert them, for example with ffmpeg -i vocals.mp3 vocals.wav."};
}

/// The first folder in one of these folders that holds sound files.
std::optional<fs::path> songInside(const std::vector<fs::path>& folders) {
    for (const fs::path& folder : folders) {
        const auto inside = foldersIn(folder);
        const auto song = std::ranges::find_if(inside, hasStemFiles);
        if (song != inside.end())
            return *song;
    }
    return std::nullopt;
}

/// root/artist/song/vocals.wav, or root/song/vocals/take.wav.
Found oneFolderDeeper(const fs::path& place) {
    const auto inside = songInside(foldersIn(place));
    if (!inside)
        return std::nullopt;
    const std::string example = nameOf(inside->parent_path()) + "/" + nameOf(*inside);
    if (isUsualStem(nameOf(*inside)))
        return ForeignLayout{fmt::format("stems are folders here, such as {}", example),
                             "Mix each of them into one file beside the others: song/vocals.wav, "
                             "song/drums.wav, ..."};
    return ForeignLayout{fmt::format("songs lie one folder deeper, such as {}", example),
                         "Put the folders of the songs side by side, without folders of artists or albums "
                         "around them; links will do."};
}

/// root/musdb18hq/train/song/vocals.wav, root/moisesdb/song/data.json.
Found datasetInside(const fs::path& root) {
    for (const fs::path& folder : foldersIn(root)) {
        for (const auto recognize : {moisesDb, dsd100}) {
            if (auto found = recognize(folder))
                return ForeignLayout{nameOf(folder) + ": " + found->what, found->remedy};
        }
        for (const fs::path& place : placesOfSongs(folder)) {
            if (place == folder)
                continue;
            if (std::ranges::any_of(foldersIn(place), hasStemFiles))
                return ForeignLayout{fmt::format("the data set lies in {}", nameOf(folder)),
                                     fmt::format("Give {}.", folder.string())};
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
    return ForeignLayout{
        fmt::format("there are no songs here: {} folders, all of them empty", folders.size()),
        "Each should hold a sound file for each stem, such as vocals.wav."};
}

/// Whether a file is called strings_1.wav in a folder "strings".
std::function<bool(const fs::path&)> isNumbered(const std::string& folder) {
    return [prefix = lowerCase(folder) + "_"](const fs::path& file) {
        const std::string name = lowerCase(file.stem().string());
        return name.starts_with(prefix) &&
               name.find_first_not_of("0123456789", prefix.size()) == std::string::npos;
    };
}

} // namespace

Found recognizeStemFolders(const fs::path& folder) {
    std::vector<std::string> named;
    std::size_t songs = 0;
    for (const fs::path& inside : foldersIn(folder)) {
        const auto files = filesIn(inside);
        if (std::ranges::none_of(files, isStemFile))
            continue;
        ++songs;
        const bool holdsStems = std::ranges::any_of(files, [](const fs::path& file) {
            return isUsualStem(file.stem().string()) || file.stem() == "mixture";
        });
        const std::string name = nameOf(inside);
        if (!holdsStems && (isUsualStem(name) || std::ranges::all_of(files, isNumbered(name))))
            named.push_back(name);
    }
    if (named.size() < 2 || 2 * named.size() < songs)
        return std::nullopt;
    return ForeignLayout{fmt::format("there is a folder for each stem ({}) instead of one for each song",
                                     fmt::join(named, ", ")),
                         "Put the stems of each song together in one folder, as vocals.wav, drums.wav, ...; "
                         "links will do."};
}

Found recognizeLayout(const fs::path& path) {
    if (!isFolder(path)) {
        if (isStemTable(path))
            return tableLayout(path);
        if (lowerCase(nameOf(path)).ends_with(".stem.mp4"))
            return stemMp4Layout(path);
        return std::nullopt;
    }
    if (auto song = looseSongFiles(path))
        return song;
    const auto places = placesOfSongs(path);
    for (const auto recognize : {moisesDb, stemMp4, dsd100, recognizeStemFolders, stemTable, unreadStems,
                                 datasetInside, oneFolderDeeper, archive, emptyFolders}) {
        for (const fs::path& place : places) {
            if (auto found = recognize(place))
                return found;
        }
    }
    return std::nullopt;
}

} // namespace headroom
