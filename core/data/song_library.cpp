// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_library.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/audio/resampler.h"
#include "core/data/data_roots.h"
#include "core/data/library_notices.h"
#include "core/data/song_sums.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"
#include "core/support/log.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <set>
#include <system_error>

namespace headroom {
namespace {

SongFile openFile(const std::filesystem::path& path) {
    AudioReader reader(path);
    // Seek to the end to detect truncated compressed files.
    reader.seek(reader.info().frames - 1);
    reader.read(1);
    if (reader.info().channels > 2) {
        throw Error(ErrorKind::Input, fmt::format("the file has {} channels", reader.info().channels),
                    path.string(), "Only mono and stereo are supported.");
    }
    return {path, reader.info()};
}

SongStem openStem(const StemPaths& paths) {
    SongStem stem{paths.stem, {}};
    std::ranges::transform(paths.files, std::back_inserter(stem.files), openFile);
    return stem;
}

/// Refuses two files or folders for one stem, and a mixture that is a folder of tracks.
void checkOneOfEachStem(const SongFolder& folder) {
    const auto first = std::ranges::adjacent_find(folder.stems, {}, &StemPaths::stem);
    if (first != folder.stems.end())
        throw Error(ErrorKind::Input,
                    fmt::format("{} and {} are both '{}'", shownName(first->files[0], first->stem),
                                shownName(std::next(first)->files[0], first->stem), first->stem),
                    folder.folder.string(), "Keep one of them.");
    const auto mixture = std::ranges::find(folder.stems, mixtureName, &StemPaths::stem);
    if (mixture != folder.stems.end() && mixture->files.size() > 1)
        throw Error(ErrorKind::Input, fmt::format("the mixture has {} files", mixture->files.size()),
                    folder.folder.string(), "Keep one of them.");
}

std::vector<const SongStem*> stemsAndMixture(const Song& song) {
    std::vector<const SongStem*> stems;
    for (const SongStem& stem : song.stems)
        stems.push_back(&stem);
    if (song.mixture)
        stems.push_back(&*song.mixture);
    return stems;
}

std::string nameOfFile(const Song& song, const SongFile& file) {
    const auto has = [&](const SongStem* stem) {
        return std::ranges::find(stem->files, file.path, &SongFile::path) != stem->files.end();
    };
    const auto stems = stemsAndMixture(song);
    return shownName(file.path, (*std::ranges::find_if(stems, has))->stem);
}

double secondsOf(const SongFile& file) {
    return file.info.seconds();
}

/// A data set with a folder per stem, one folder too deep, looks like a song whose stems have tracks.
std::string remedyForTracks(const Song& song) {
    const auto hasTracks = [](const SongStem& stem) { return stem.files.size() > 1; };
    return std::ranges::any_of(song.stems, hasTracks)
               ? fmt::format(" If they are different songs, set data.root to {}.", song.folder.string())
               : std::string();
}

/// Sets the length of a song.
void chooseLength(Song& song, const AudioFormat& format, LengthMismatch policy) {
    const auto files = song.files();
    const auto [shortest, longest] = std::ranges::minmax_element(files, {}, secondsOf);
    const bool isMismatch = longest->info.seconds() - shortest->info.seconds() > lengthTolerance;
    if (isMismatch && policy == LengthMismatch::Refuse) {
        throw Error(
            ErrorKind::Input,
            fmt::format("{} is {:.3f} s long and {} {:.3f} s: the files of a song must have equal lengths",
                        nameOfFile(song, *shortest), shortest->info.seconds(), nameOfFile(song, *longest),
                        longest->info.seconds()),
            song.folder.string(),
            "Trim or pad them to the same length, or set data.length_mismatch to trim or pad." +
                remedyForTracks(song));
    }
    std::vector<std::int64_t> frames;
    for (const SongFile& file : files)
        frames.push_back(Resampler::outputFrames(file.info.frames, file.info.sampleRate, format.sampleRate));
    const auto [least, most] = std::ranges::minmax(frames);
    song.frames = isMismatch && policy == LengthMismatch::Pad ? most : least;
}

std::string remedyForUnread(const std::filesystem::path& file) {
    return fmt::format(
        "Convert it, for example with ffmpeg -i {0}{1} {0}.wav, or list the other stems in data.stems.",
        file.stem().string(), file.extension().string());
}

bool hasStem(const SongFolder& folder, const std::string& stem) {
    return std::ranges::find(folder.stems, stem, &StemPaths::stem) != folder.stems.end();
}

/// Refuses songs that have a stem or a track of it only in an unsupported format, since the mixture would
/// lack it.
void refuseUnreadStems(const SongFolder& folder, const std::vector<std::string>& stems) {
    for (const UnreadPath& file : folder.unread) {
        const auto isNamed = [&](const auto& name) { return lowerCase(name) == file.stem; };
        const bool isWanted =
            stems.empty() ? file.isTrack || isCommonStem(file.stem) : std::ranges::any_of(stems, isNamed);
        if (isWanted && (file.isTrack || std::ranges::none_of(folder.stems, isNamed, &StemPaths::stem)))
            throw Error(ErrorKind::Input, fmt::format("{} {}", shownName(file.path, file.stem), file.reason),
                        folder.folder.string(), remedyForUnread(file.path));
    }
}

/// Whether the song has all of data.stems. Throws if it must have them, or has none.
bool checkStems(const SongFolder& folder, const DataConfig& data) {
    const auto has = [&](const std::string& stem) { return hasStem(folder, stem); };
    const auto missing = std::ranges::find_if_not(data.stems, has);
    if (missing == data.stems.end())
        return true;
    const bool mayBeIncomplete = data.incompleteSongs == IncompleteSongs::Mix && folder.split == Split::Train;
    if (!mayBeIncomplete || std::ranges::none_of(data.stems, has))
        throw Error(ErrorKind::Input,
                    fmt::format("the song has no stem '{}', which data.stems lists", *missing),
                    folder.folder.string(),
                    "Add it, change data.stems, skip such songs with data.file_errors: skip, or train on "
                    "their other stems with data.incomplete_songs: mix.");
    return false;
}

} // namespace

const SongStem* Song::find(const std::string& stem) const {
    const auto all = stemsAndMixture(*this);
    const auto found = std::ranges::find(all, stem, &SongStem::stem);
    return found == all.end() ? nullptr : *found;
}

std::vector<SongFile> Song::files() const {
    std::vector<SongFile> files;
    for (const SongStem* stem : stemsAndMixture(*this))
        std::ranges::copy(stem->files, std::back_inserter(files));
    return files;
}

std::pair<double, double> Song::lengths() const {
    const auto all = files();
    const auto [shortest, longest] = std::ranges::minmax_element(all, {}, secondsOf);
    return {shortest->info.seconds(), longest->info.seconds()};
}

Song openSong(const SongFolder& all, const AudioFormat& format, const DataConfig& data) {
    if (all.error)
        throw *all.error;
    SongFolder folder = all;
    nameStems(folder, data.targets);
    nameStems(folder, data.stems);
    refuseUnreadStems(folder, data.stems);
    const bool isComplete = checkStems(folder, data);
    keepStems(folder, data.stems);
    checkOneOfEachStem(folder);

    Song song{folder.name, folder.split, folder.folder, {}, {}};
    song.isComplete = isComplete;
    song.unread = folder.unread;
    for (const StemPaths& paths : folder.stems) {
        SongStem stem = openStem(paths);
        if (stem.stem == mixtureName)
            song.mixture = std::move(stem);
        else
            song.stems.push_back(std::move(stem));
    }
    if (song.stems.empty()) {
        throw Error(ErrorKind::Input, "the song has a mixture, but no stems", folder.folder.string(),
                    "Add an audio file per stem, such as vocals.wav.");
    }
    chooseLength(song, format, data.lengthMismatch);
    resolveSums(song, format, !data.stems.empty());
    return song;
}

namespace {

/// @param part at most as long as the sum
void addTo(AudioBuffer& sum, const AudioBuffer& part) {
    for (int c = 0; c < sum.channels(); ++c)
        std::ranges::transform(part.channel(c), sum.channel(c), sum.channel(c).begin(), std::plus());
}

AudioBuffer sumOfFiles(const SongStem& stem, const AudioFormat& format, std::int64_t first,
                       std::int64_t frames) {
    AudioBuffer sum;
    for (const SongFile& file : stem.files) {
        AudioBuffer part = readAudioRange(file.path, format.sampleRate, format.channels, first, frames);
        if (sum.channels() == 0)
            sum = std::move(part);
        else
            addTo(sum, part);
    }
    return sum;
}

} // namespace

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format, std::int64_t first,
                     std::int64_t frames) {
    AudioBuffer audio(format.channels, frames);
    std::vector<const SongStem*> parts = {song.find(stem)};
    if (parts[0] == nullptr && stem == mixtureName)
        parts = stemsAndMixture(song);
    const std::int64_t count = std::clamp<std::int64_t>(song.frames - first, 0, frames);
    for (const SongStem* part : parts) {
        if (part == nullptr)
            throw Error(ErrorKind::Input, fmt::format("the song has no stem '{}'", stem),
                        song.folder.string());
        addTo(audio, sumOfFiles(*part, format, first, count));
    }
    return audio;
}

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format) {
    return readStem(song, stem, format, 0, song.frames);
}

AudioFormat scoringFormat(const Song& song, const AudioFormat& model) {
    const std::vector<SongFile> files = song.files();
    const bool isMono =
        std::ranges::all_of(files, [](const SongFile& file) { return file.info.channels == 1; });
    return {model.sampleRate, isMono ? 1 : model.channels};
}

AudioBuffer readFiniteStem(const Song& song, const std::string& stem, const AudioFormat& format) {
    AudioBuffer audio = readStem(song, stem, format);
    const SongStem* found = song.find(stem);
    for (const SongFile& file : found == nullptr ? song.files() : found->files)
        requireFinite(audio, file.path);
    return audio;
}

std::vector<Song>& SongLibrary::songs(Split split) {
    if (split == Split::Train)
        return train;
    return split == Split::Validation ? validation : test;
}

namespace {

/// A failed read may be temporary: the song gets a second try.
Song openSongWithRetry(const SongFolder& folder, const AudioFormat& format, const DataConfig& data) {
    try {
        return openSong(folder, format, data);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Failure)
            throw;
    }
    return openSong(folder, format, data);
}

/// Leaves out the songs that lack a file for a stem, or refuses them.
void checkAlignment(std::vector<SongFolder>& songs, const DataConfig& data,
                    std::vector<std::string>& notices) {
    if (data.incompleteSongs == IncompleteSongs::Mix)
        return;
    std::vector<SongFolder> used = songs;
    for (SongFolder& song : used) {
        nameStems(song, data.stems);
        keepStems(song, data.stems);
    }
    std::erase_if(used, [](const SongFolder& song) { return song.stems.empty(); });
    const std::vector<std::string> unaligned = unalignedSongs(used);
    if (unaligned.empty())
        return;
    if (data.fileErrors == FileErrorPolicy::Skip) {
        const std::set<std::string> names(unaligned.begin(), unaligned.end());
        std::erase_if(songs, [&](const SongFolder& song) { return names.contains(song.name); });
        for (const std::string& name : names)
            notices.push_back(
                fmt::format("The song '{}' is skipped: it has no file of this name for every stem", name));
        return;
    }
    throw Error(ErrorKind::Input,
                fmt::format("{} of {} songs have no file of the same name for every stem (first: '{}')",
                            unaligned.size(), used.size(), unaligned.front()),
                data.root,
                "Name the files of a song alike for all stems. Or mix all segments from different songs: set "
                "data.incomplete_songs to mix, data.random_mix_probability to 1, and list data.stems.");
}

} // namespace

DataConfig configuredFor(const std::string& root, DataConfig data) {
    std::error_code error;
    if (!std::filesystem::equivalent(root, data.root, error))
        data.moreRoots.clear();
    data.root = root;
    data.exclude.clear();
    return data;
}

SongLibrary openLibrary(const DataConfig& data, const AudioFormat& format) {
    SongLibrary library;
    const std::set<std::string> excluded(data.exclude.begin(), data.exclude.end());
    std::set<std::string> unknown = excluded;
    std::vector<std::string> unused;
    SongFolders folders = findAllSongFolders(data.root, data.moreRoots, unused);
    std::erase_if(folders.songs, [&](const SongFolder& folder) {
        const bool isExcluded = folder.split == Split::Train && excluded.contains(folder.name);
        if (isExcluded)
            unknown.erase(folder.name);
        return isExcluded;
    });
    checkAlignment(folders.songs, data, library.notices);
    for (const SongFolder& folder : folders.songs) {
        try {
            library.songs(folder.split).push_back(openSongWithRetry(folder, format, data));
        } catch (const Error& error) {
            if (data.fileErrors == FileErrorPolicy::Fail)
                throw;
            library.notices.push_back(
                fmt::format("The song '{}' is skipped: {}", folder.name, error.message()));
        }
    }
    for (const std::string& name : unknown)
        library.notices.push_back(fmt::format("data.exclude lists '{}', which is not a training song", name));
    if (library.train.empty() && library.validation.empty() && library.test.empty()) {
        throw Error(ErrorKind::Input, "none of the songs can be used", data.root,
                    library.notices.empty() ? "All songs are listed in data.exclude."
                                            : library.notices.front());
    }
    for (const auto* songs : {&library.train, &library.validation, &library.test})
        addAdjustmentNotices(*songs, format, data.lengthMismatch, library.notices);
    std::ranges::move(unused, std::back_inserter(library.notices));
    log(LogCategory::Data, LogLevel::Info,
        fmt::format("{}: {} songs for training, {} for validation, {} for testing; {} notices", data.root,
                    library.train.size(), library.validation.size(), library.test.size(),
                    library.notices.size()));
    return library;
}

} // namespace headroom
