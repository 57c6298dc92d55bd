// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/track_folders.h"

#include "core/data/folder_entries.h"
#include "core/data/stem_folders.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"
#include "core/support/system_error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using TrackJson = nlohmann::json;

constexpr const char* trackListName = "data.json";

/// Reads a track list. Validates everything in it: it comes with the data set.
class TrackListReader {
public:
    explicit TrackListReader(const fs::path& file) : file_(file) {}

    std::optional<std::vector<TrackList>> read() {
        const TrackJson song = parse(text());
        if (!song.is_object() || !song.contains("stems"))
            return std::nullopt;
        int number = 0;
        for (const TrackJson& stem : listIn(song, "stems", "the song"))
            addStem(stem, fmt::format("stem {}", ++number));
        if (lists_.empty())
            refuse("the song has no tracks");
        return std::move(lists_);
    }

private:
    static constexpr int deepest = 16; ///< levels of nesting

    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(
            ErrorKind::Input, what, file_.string(),
            "Get the file again, or remove it, so that the files in each folder are the tracks of its "
            "stem.");
    }

    std::string text() const {
        constexpr std::size_t largest = std::size_t{1} << 20;
        std::ifstream stream(file_, std::ios::binary);
        if (!stream)
            throw openError("cannot read the list of tracks", file_, errno);
        std::string text;
        std::array<char, 4096> block{};
        while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
            text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
            if (text.size() > largest)
                refuse("the list of tracks is larger than 1 MiB");
        }
        if (stream.bad())
            throw systemError("cannot read the list of tracks", file_, errno);
        return text;
    }

    TrackJson parse(const std::string& text) const {
        const auto checkDepth = [this](int depth, TrackJson::parse_event_t /*event*/, TrackJson& /*value*/) {
            if (depth > deepest)
                refuse(fmt::format("the list of tracks is nested deeper than {} levels", deepest));
            return true;
        };
        try {
            return TrackJson::parse(text, checkDepth);
        } catch (const TrackJson::parse_error& error) {
            refuse(fmt::format("the list of tracks is not valid JSON from byte {} on", error.byte));
        } catch (const TrackJson::exception&) {
            refuse("the list of tracks has a number that is too large");
        }
    }

    const TrackJson& listIn(const TrackJson& object, const char* name, const std::string& place) const {
        const auto found = object.find(name);
        if (found == object.end() || !found->is_array())
            refuse(fmt::format("{} has no list '{}'", place, name));
        return *found;
    }

    /// A name that is a part of a file name.
    std::string nameIn(const TrackJson& object, const char* name, const std::string& place) const {
        constexpr std::size_t longest = 200; // bytes
        if (!object.is_object())
            refuse(fmt::format("{} is not an object", place));
        const auto found = object.find(name);
        if (found == object.end() || !found->is_string())
            refuse(fmt::format("{} has no text '{}'", place, name));
        auto text = found->get<std::string>();
        const auto isUnsafe = [](char c) { return c == '/' || (c >= 0 && c < ' '); };
        if (text.empty() || text.size() > longest || text.front() == '.' ||
            std::ranges::any_of(text, isUnsafe))
            refuse(fmt::format("'{}' of {} is not a file name", name, place));
        return text;
    }

    void addStem(const TrackJson& stem, const std::string& place) {
        const std::string name = nameIn(stem, "stemName", place);
        int number = 0;
        for (const TrackJson& track : listIn(stem, "tracks", place)) {
            const std::string trackPlace = fmt::format("track {} of {}", ++number, place);
            addTrack(name, nameIn(track, "id", trackPlace) + "." + nameIn(track, "extension", trackPlace));
        }
    }

    void addTrack(const std::string& stem, std::string file) {
        if (!known_.emplace(stem, file).second)
            refuse(fmt::format("{}/{} is listed twice", stem, file));
        const auto list = std::ranges::find(lists_, stem, &TrackList::stem);
        if (list == lists_.end())
            lists_.push_back({stem, {std::move(file)}});
        else
            list->files.push_back(std::move(file));
    }

    fs::path file_;
    std::vector<TrackList> lists_;
    std::set<std::pair<std::string, std::string>> known_; ///< stem and file
};

/// Whether there is a data.json next to folders with audio files.
bool hasTrackList(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / trackListName, error) &&
           std::ranges::any_of(foldersIn(folder), hasStemFiles);
}

/// Whether a folder in this one is named like a stem and contains tracks, and the others can be stems too,
/// not songs.
bool holdsNamedTracks(const fs::path& folder) {
    bool hasTracks = false;
    std::size_t named = 0, others = 0;
    for (const fs::path& inside : foldersIn(folder)) {
        const auto files = filesIn(inside);
        if (std::ranges::none_of(files, isStemFile))
            continue;
        const bool isStem = isCommonStem(inside.filename().string());
        const bool areStems = areNamedLikeStems(files);
        hasTracks = hasTracks || (isStem && !areStems);
        if (isStem || lowerCase(inside.filename().string()) == mixtureName)
            ++named;
        else if (areStems)
            return false;
        else
            ++others;
    }
    return hasTracks && named >= others;
}

/// Adds the listed tracks; files that are not in the list become unread files.
void addListed(SongFolder& song, const std::vector<TrackList>& lists) {
    std::set<fs::path> listed;
    for (const auto& [name, files] : lists) {
        StemPaths stem{lowerCase(name), {}};
        for (const std::string& file : files) {
            const fs::path path = song.folder / name / file;
            listed.insert(path);
            if (isStemFile(path))
                stem.files.push_back(path);
            else
                song.unread.push_back({stem.stem, path, unsupportedReason(), true});
        }
        std::ranges::sort(stem.files);
        if (!stem.files.empty())
            song.stems.push_back(std::move(stem));
    }
    for (const fs::path& folder : foldersIn(song.folder)) {
        for (const fs::path& file : filesIn(folder)) {
            if (isStemFile(file) && !listed.contains(file))
                song.unread.push_back({{}, file, fmt::format("is not listed in {}", trackListName)});
        }
    }
}

/// Adds each folder with audio files as a stem.
void addFolders(SongFolder& song) {
    for (const fs::path& folder : foldersIn(song.folder)) {
        StemPaths stem{lowerCase(folder.filename().string()), {}};
        std::vector<UnreadPath> unread;
        for (const fs::directory_entry& file : entriesOf(folder)) {
            if (isStemFile(file.path()))
                stem.files.push_back(file.path());
            else if (unsupportedFormat(file.path()))
                unread.push_back({stem.stem, file.path(), unsupportedReason(), true});
        }
        const bool areAllCompressed = std::ranges::all_of(stem.files, isCompressedFile);
        std::erase_if(stem.files, [&](const fs::path& file) {
            if (areAllCompressed || !isCompressedFile(file))
                return false;
            unread.push_back({{}, file, "is compressed, unlike other tracks of the stem"});
            return true;
        });
        for (UnreadPath& file : unread)
            file.isTrack = file.isTrack && !stem.files.empty();
        std::ranges::move(unread, std::back_inserter(song.unread));
        if (!stem.files.empty())
            song.stems.push_back(std::move(stem));
    }
}

} // namespace

std::optional<std::vector<TrackList>> readTrackLists(const fs::path& file) {
    return TrackListReader(file).read();
}

bool holdsTrackFolders(const fs::path& folder) {
    if (holdsNamedTracks(folder))
        return true;
    try {
        return hasTrackList(folder) && readTrackLists(folder / trackListName).has_value();
    } catch (const Error&) {
        return false; // written by another program, judging by the names of the folders
    }
}

SongFolder songOfTrackFolders(const fs::path& folder, Split split) {
    SongFolder song{folder.filename().string(), split, folder, DatasetLayout::TrackFolders};
    std::optional<std::vector<TrackList>> lists;
    try {
        if (hasTrackList(folder))
            lists = readTrackLists(folder / trackListName);
    } catch (const Error& error) {
        song.error = error;
    }
    if (lists) {
        song.layout = DatasetLayout::MoisesDb;
        addListed(song, *lists);
    } else {
        addFolders(song);
    }
    std::ranges::stable_sort(song.stems, {}, &StemPaths::stem);
    return song;
}

} // namespace headroom
