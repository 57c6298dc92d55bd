// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
        "Create a folder per song, with the sum of the tracks of each stem as vocals.wav, drums.wav, ... "
        "(the "
        "moisesdb package can mix them)."};
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

/// Whether the header line of a CSV file has the columns instrum and path.
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
    return {fmt::format("{} lists audio files by instrument (columns instrum and path) instead of by song",
                        nameOf(file)),
            "Put the stems of each song into one folder, as vocals.wav, drums.wav, ...; symbolic links work "
            "too."};
}

Found stemTable(const fs::path& place) {
    const auto files = filesIn(place);
    const auto table = std::ranges::find_if(files, isStemTable);
    return table == files.end() ? Found() : tableLayout(*table);
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
        fmt::format("{} is not supported: stems must be WAV, FLAC or AIFF ({} files in total)", example,
                    fmt::join(counts, ", ")),
        "Convert them, for example with ffmpeg -i vocals.mp3 vocals.wav."};
}

/// The first subfolder of one of these folders that contains stem files.
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
    if (isCommonStem(nameOf(*inside)))
        return ForeignLayout{fmt::format("stems are folders instead of files, such as {}", example),
                             "Mix each of them down to one file: song/vocals.wav, song/drums.wav, ..."};
    return ForeignLayout{fmt::format("songs are one folder deeper, such as {}", example),
                         "Put all song folders into one folder, without artist or album folders; symbolic "
                         "links work too."};
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

/// Returns a predicate that recognizes numbered files, such as strings_1.wav in the folder strings.
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
            return isCommonStem(file.stem().string()) || file.stem() == "mixture";
        });
        const std::string name = nameOf(inside);
        if (!holdsStems && (isCommonStem(name) || std::ranges::all_of(files, isNumbered(name))))
            named.push_back(name);
    }
    if (named.size() < 2 || 2 * named.size() < songs)
        return std::nullopt;
    return ForeignLayout{
        fmt::format("there is a folder per stem ({}) instead of a folder per song", fmt::join(named, ", ")),
        "Put the stems of each song into one folder, as vocals.wav, drums.wav, ...; symbolic "
        "links work too."};
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
