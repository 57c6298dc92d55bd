// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/song_library.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/audio/resampler.h"
#include "core/data/library_notices.h"
#include "core/data/song_sums.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace headroom {
namespace {

StemFile openStem(const StemPath& file) {
    AudioReader reader(file.path);
    // Seek to the end to detect truncated compressed files.
    reader.seek(reader.info().frames - 1);
    reader.read(1);
    if (reader.info().channels > 2) {
        throw Error(ErrorKind::Input, fmt::format("the file has {} channels", reader.info().channels),
                    file.path.string(), "Only mono and stereo are supported.");
    }
    return {file.stem, file.path, reader.info()};
}

void checkOneFilePerStem(const SongFolder& folder) {
    const auto first = std::ranges::adjacent_find(folder.files, {}, &StemPath::stem);
    if (first == folder.files.end())
        return;
    throw Error(ErrorKind::Input,
                fmt::format("{} and {} are both '{}'", first->path.filename().string(),
                            std::next(first)->path.filename().string(), first->stem),
                folder.folder.string(), "Keep one of them.");
}

void checkLengths(const SongFolder& folder, const std::vector<StemFile>& files) {
    const auto [shortest, longest] =
        std::ranges::minmax_element(files, {}, [](const StemFile& file) { return file.info.seconds(); });
    if (longest->info.seconds() - shortest->info.seconds() <= lengthTolerance)
        return;
    throw Error(
        ErrorKind::Input,
        fmt::format("{} is {:.3f} s long and {} {:.3f} s: the files of a song must have equal lengths",
                    shortest->path.filename().string(), shortest->info.seconds(),
                    longest->path.filename().string(), longest->info.seconds()),
        folder.folder.string(), "Trim or pad them to the same length.");
}

std::vector<const StemFile*> filesOf(const Song& song) {
    std::vector<const StemFile*> files;
    for (const StemFile& stem : song.stems)
        files.push_back(&stem);
    if (song.mixture)
        files.push_back(&*song.mixture);
    return files;
}

std::string remedyForUnread(const std::filesystem::path& file) {
    return fmt::format(
        "Convert it, for example with ffmpeg -i {0}{1} {0}.wav, or list the other stems in data.stems.",
        file.stem().string(), file.extension().string());
}

/// Refuses songs that have a stem only in an unsupported format, since the mixture would lack it.
void refuseUnreadStems(const SongFolder& folder, const std::vector<std::string>& stems) {
    for (const std::filesystem::path& file : folder.unread) {
        const std::string stem = file.stem().string();
        const bool isWanted =
            stems.empty() ? isCommonStem(stem) : std::ranges::find(stems, stem) != stems.end();
        const bool isThere = std::ranges::find(folder.files, stem, &StemPath::stem) != folder.files.end();
        if (isWanted && !isThere)
            throw Error(
                ErrorKind::Input,
                fmt::format("{} is not supported: stems must be WAV, FLAC or AIFF", file.filename().string()),
                folder.folder.string(), remedyForUnread(file));
    }
}

void requireStems(const SongFolder& folder, const std::vector<std::string>& stems) {
    for (const std::string& stem : stems) {
        if (std::ranges::find(folder.files, stem, &StemPath::stem) == folder.files.end())
            throw Error(ErrorKind::Input,
                        fmt::format("the song has no stem '{}', which data.stems lists", stem),
                        folder.folder.string(),
                        "Add it, change data.stems, or skip such songs with data.file_errors: skip.");
    }
}

} // namespace

const StemFile* Song::find(const std::string& stem) const {
    const auto files = filesOf(*this);
    const auto found = std::ranges::find(files, stem, &StemFile::stem);
    return found == files.end() ? nullptr : *found;
}

Song openSong(const SongFolder& all, const AudioFormat& format, const std::vector<std::string>& stems) {
    refuseUnreadStems(all, stems);
    requireStems(all, stems);
    SongFolder folder = all;
    keepStems(folder, stems);
    checkOneFilePerStem(folder);
    std::vector<StemFile> files;
    std::ranges::transform(folder.files, std::back_inserter(files), openStem);
    checkLengths(folder, files);

    Song song{folder.name, folder.split, folder.folder, {}, {}};
    song.unread = folder.unread;
    song.frames = INT64_MAX;
    for (StemFile& file : files) {
        song.frames = std::min(
            song.frames, Resampler::outputFrames(file.info.frames, file.info.sampleRate, format.sampleRate));
        if (file.stem == mixtureName)
            song.mixture = std::move(file);
        else
            song.stems.push_back(std::move(file));
    }
    if (song.stems.empty()) {
        throw Error(ErrorKind::Input, "the song has a mixture, but no stems", folder.folder.string(),
                    "Add an audio file per stem, such as vocals.wav.");
    }
    resolveSums(song, format, !stems.empty());
    return song;
}

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format, std::int64_t first,
                     std::int64_t frames) {
    AudioBuffer audio(format.channels, frames);
    std::vector<const StemFile*> files = {song.find(stem)};
    if (files[0] == nullptr && stem == mixtureName)
        files = filesOf(song);
    const std::int64_t count = std::clamp<std::int64_t>(song.frames - first, 0, frames);
    for (const StemFile* file : files) {
        if (file == nullptr)
            throw Error(ErrorKind::Input, fmt::format("the song has no stem '{}'", stem),
                        song.folder.string());
        const AudioBuffer part = readAudioRange(file->path, format.sampleRate, format.channels, first, count);
        for (int c = 0; c < format.channels; ++c)
            std::ranges::transform(part.channel(c), audio.channel(c), audio.channel(c).begin(), std::plus());
    }
    return audio;
}

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format) {
    return readStem(song, stem, format, 0, song.frames);
}

AudioBuffer readFiniteStem(const Song& song, const std::string& stem, const AudioFormat& format) {
    AudioBuffer audio = readStem(song, stem, format);
    if (const StemFile* file = song.find(stem)) {
        requireFinite(audio, file->path);
    } else {
        for (const StemFile& part : song.stems)
            requireFinite(audio, part.path);
    }
    return audio;
}

std::vector<Song>& SongLibrary::songs(Split split) {
    if (split == Split::Train)
        return train;
    return split == Split::Validation ? validation : test;
}

SongLibrary openLibrary(const std::filesystem::path& root, const AudioFormat& format, FileErrorPolicy policy,
                        const std::vector<std::string>& exclude, const std::vector<std::string>& stems) {
    SongLibrary library;
    std::set<std::string> excluded(exclude.begin(), exclude.end());
    const SongFolders folders = findSongFolders(root);
    for (const SongFolder& folder : folders.songs) {
        if (folder.split == Split::Train && excluded.erase(folder.name) > 0)
            continue;
        try {
            library.songs(folder.split).push_back(openSong(folder, format, stems));
        } catch (const Error& error) {
            if (policy == FileErrorPolicy::Fail)
                throw;
            library.notices.push_back(
                fmt::format("The song '{}' is skipped: {}", folder.name, error.message()));
        }
    }
    for (const std::string& name : excluded)
        library.notices.push_back(fmt::format("data.exclude lists '{}', which is not a training song", name));
    if (library.train.empty() && library.validation.empty() && library.test.empty()) {
        throw Error(ErrorKind::Input, "none of the songs can be used", root.string(),
                    library.notices.empty() ? "All songs are listed in data.exclude."
                                            : library.notices.front());
    }
    for (const auto* songs : {&library.train, &library.validation, &library.test})
        addAdjustmentNotices(*songs, format, library.notices);
    std::ranges::move(unusedTexts(folders, root), std::back_inserter(library.notices));
    return library;
}

} // namespace headroom
