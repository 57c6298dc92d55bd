#include "core/data/song_library.h"

#include "core/audio/audio_file.h"
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
    // A compressed file that is cut short is found by looking for its end.
    reader.seek(reader.info().frames - 1);
    reader.read(1);
    if (reader.info().channels > 2) {
        throw Error(ErrorKind::Input, fmt::format("the sound has {} channels", reader.info().channels),
                    file.path.string(), "Only mono and stereo can be used here.");
    }
    return {file.stem, file.path, reader.info()};
}

void checkOneFilePerStem(const SongFolder& folder) {
    const auto same = std::ranges::adjacent_find(folder.files, {}, &StemPath::stem);
    if (same == folder.files.end())
        return;
    throw Error(ErrorKind::Input,
                fmt::format("{} and {} are both '{}'", same->path.filename().string(),
                            std::next(same)->path.filename().string(), same->stem),
                folder.folder.string(), "Keep one of them.");
}

void checkLengths(const SongFolder& folder, const std::vector<StemFile>& files) {
    const auto [shortest, longest] =
        std::ranges::minmax_element(files, {}, [](const StemFile& file) { return file.info.seconds(); });
    if (longest->info.seconds() - shortest->info.seconds() <= lengthTolerance)
        return;
    throw Error(ErrorKind::Input,
                fmt::format("{} lasts {:.3f} s and {} {:.3f} s: the files of a song must be equally long",
                            shortest->path.filename().string(), shortest->info.seconds(),
                            longest->path.filename().string(), longest->info.seconds()),
                folder.folder.string(), "Cut or pad them to one length.");
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
        "Convert it, for example with ffmpeg -i {0}{1} {0}.wav, or name the other stems in data.stems.",
        file.stem().string(), file.extension().string());
}

/// Where a stem is there in a kind of file that is not read, the mixture would be a sum without it.
void refuseUnreadStems(const SongFolder& folder, const std::vector<std::string>& stems) {
    for (const std::filesystem::path& file : folder.unread) {
        const std::string stem = file.stem().string();
        const bool isWanted =
            stems.empty() ? isUsualStem(stem) : std::ranges::find(stems, stem) != stems.end();
        const bool isThere = std::ranges::find(folder.files, stem, &StemPath::stem) != folder.files.end();
        if (isWanted && !isThere)
            throw Error(
                ErrorKind::Input,
                fmt::format("{} is here, but stems must be WAV, FLAC or AIFF", file.filename().string()),
                folder.folder.string(), remedyForUnread(file));
    }
}

void requireStems(const SongFolder& folder, const std::vector<std::string>& stems) {
    for (const std::string& stem : stems) {
        if (std::ranges::find(folder.files, stem, &StemPath::stem) == folder.files.end())
            throw Error(ErrorKind::Input, fmt::format("there is no stem '{}', which data.stems names", stem),
                        folder.folder.string(),
                        "Add it, change data.stems, or leave such songs out with data.file_errors: skip.");
    }
}

} // namespace

const StemFile* Song::find(const std::string& stem) const {
    const auto files = filesOf(*this);
    const auto found = std::ranges::find(files, stem, &StemFile::stem);
    return found == files.end() ? nullptr : *found;
}

Song openSong(const SongFolder& all, const AudioFormat& form, const std::vector<std::string>& stems) {
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
            song.frames, Resampler::outputFrames(file.info.frames, file.info.sampleRate, form.sampleRate));
        if (file.stem == mixtureName)
            song.mixture = std::move(file);
        else
            song.stems.push_back(std::move(file));
    }
    if (song.stems.empty()) {
        throw Error(ErrorKind::Input, "there is a mixture, but no stem", folder.folder.string(),
                    "Put a sound file for each stem beside it, such as vocals.wav.");
    }
    settleSums(song, form, !stems.empty());
    return song;
}

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& form, std::int64_t first,
                     std::int64_t frames) {
    AudioBuffer sound(form.channels, frames);
    std::vector<const StemFile*> files = {song.find(stem)};
    if (files[0] == nullptr && stem == mixtureName)
        files = filesOf(song);
    const std::int64_t count = std::clamp<std::int64_t>(song.frames - first, 0, frames);
    for (const StemFile* file : files) {
        if (file == nullptr)
            throw Error(ErrorKind::Input, fmt::format("there is no stem '{}'", stem), song.folder.string());
        const AudioBuffer part = readAudioRange(file->path, form.sampleRate, form.channels, first, count);
        for (int c = 0; c < form.channels; ++c)
            std::ranges::transform(part.channel(c), sound.channel(c), sound.channel(c).begin(), std::plus());
    }
    return sound;
}

AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& form) {
    return readStem(song, stem, form, 0, song.frames);
}

std::vector<Song>& SongLibrary::songs(Split split) {
    if (split == Split::Train)
        return train;
    return split == Split::Validation ? validation : test;
}

SongLibrary openLibrary(const std::filesystem::path& root, const AudioFormat& form, FileErrorPolicy policy,
                        const std::vector<std::string>& exclude, const std::vector<std::string>& stems) {
    SongLibrary library;
    std::set<std::string> excluded(exclude.begin(), exclude.end());
    const SongFolders folders = findSongFolders(root);
    for (const SongFolder& folder : folders.songs) {
        if (folder.split == Split::Train && excluded.erase(folder.name) > 0)
            continue;
        try {
            library.songs(folder.split).push_back(openSong(folder, form, stems));
        } catch (const Error& error) {
            if (policy == FileErrorPolicy::Fail)
                throw;
            library.notices.push_back(
                fmt::format("The song '{}' is left out: {}", folder.name, error.message()));
        }
    }
    for (const std::string& name : excluded)
        library.notices.push_back(fmt::format("data.exclude names '{}', which is no training song", name));
    if (library.train.empty() && library.validation.empty() && library.test.empty()) {
        throw Error(ErrorKind::Input, "none of the songs here can be used", root.string(),
                    library.notices.empty() ? "All of them are named in data.exclude."
                                            : library.notices.front());
    }
    for (const auto* songs : {&library.train, &library.validation, &library.test})
        noteAdjustments(*songs, form, library.notices);
    std::ranges::move(unusedTexts(folders, root), std::back_inserter(library.notices));
    return library;
}

} // namespace headroom
