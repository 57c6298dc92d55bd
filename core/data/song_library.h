#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_reader.h"
#include "core/config/run_config.h"
#include "core/data/song_folders.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The name under which a song's mixture is stored and asked for.
inline constexpr const char* mixtureName = "mixture";

/// By how much the lengths of a song's files may differ, in seconds.
inline constexpr double lengthTolerance = 0.1;

/// A sound file of a song, opened once and found readable to its last frame.
struct StemFile {
    std::string stem;
    std::filesystem::path path;
    AudioInfo info;
};

/// A song whose files fit together.
struct Song {
    std::string name;
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemFile> stems; ///< by name, at least one; the mixture is not among them
    std::optional<StemFile> mixture;
    std::int64_t frames = 0; ///< at the library's rate: the length of the shortest file

    const StemFile* find(const std::string& stem) const; ///< null where there is none
};

/// The form in which songs are read.
struct SoundForm {
    int sampleRate = 44100; ///< Hz
    int channels = 2;       ///< 1 or 2: mono files are doubled, or stereo files averaged
};

/// Opens all files of a song and checks that they fit together. Rates may differ: what is not at
/// form.sampleRate is resampled when read. Lengths may differ by up to lengthTolerance, and the shortest
/// counts. Throws Error (Input) naming the files: unreadable, more than two channels, two files for one stem,
/// no stem, lengths that differ by more.
Song openSong(const SongFolder& folder, const SoundForm& form);

/// Frames [first, first + frames) of a stem, zeros where the song has ended. @param stem may be "mixture":
/// its file, or where there is none the sum of the stems. Throws Error (Input) where there is no such stem or
/// it cannot be read. Any thread.
AudioBuffer readStem(const Song& song, const std::string& stem, const SoundForm& form, std::int64_t first,
                     std::int64_t frames);
/// The whole stem: song.frames long.
AudioBuffer readStem(const Song& song, const std::string& stem, const SoundForm& form);

/// The songs of a data set, by name; see findSongFolders for the layouts.
struct SongLibrary {
    std::vector<Song> train;
    std::vector<Song> test;
    std::vector<std::string> notices; ///< songs left out and why, rates and lengths that were made to fit

    const std::vector<Song>& songs(Split split) const { return split == Split::Train ? train : test; }
};

/// Opens every song. A song that openSong refuses is an Error with FileErrorPolicy::Fail; with Skip it is
/// left out with a notice, and it is an Error where none is left.
/// @param exclude names of training songs that are not even opened; a name that no song has is a notice
SongLibrary openLibrary(const std::filesystem::path& root, const SoundForm& form, FileErrorPolicy policy,
                        const std::vector<std::string>& exclude = {});

} // namespace headroom
