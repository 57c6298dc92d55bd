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

/// By how much the lengths of a song's files may differ, in seconds.
inline constexpr double lengthTolerance = 0.1;

/// A sound file of a song, opened once and found readable to its last frame.
struct StemFile {
    std::string stem;
    std::filesystem::path path;
    AudioInfo info;
    std::vector<std::int64_t> activeWindows = {}; ///< see activity.h; empty until they are looked for
};

/// A song whose files fit together.
struct Song {
    std::string name;
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemFile> stems; ///< by name, at least one; the mixture is not among them
    std::optional<StemFile> mixture;
    std::int64_t frames = 0;                      ///< at the library's rate: the length of the shortest file
    std::vector<std::filesystem::path> sums = {}; ///< files found to be the sum of all stems
    std::vector<std::filesystem::path> unread = {}; ///< sound files of kinds that are not read

    const StemFile* find(const std::string& stem) const; ///< null where there is none
};

/// The form in which songs are read.
struct AudioFormat {
    int sampleRate = 44100; ///< Hz
    int channels = 2;       ///< 1 or 2: mono files are doubled, or stereo files averaged
};

/// Opens all files of a song and checks that they fit together. Rates may differ: what is not at
/// form.sampleRate is resampled when read. Lengths may differ by up to lengthTolerance, and the shortest
/// counts. Throws Error (Input) naming the files: unreadable, more than two channels, two files for one stem,
/// no stem, lengths that differ by more, a file that is the sum of some of the stems (see settleSums), a
/// usual stem or one of `stems` in a kind of file that is not read.
/// @param stems those that add up to the mixture: a song that lacks one is refused, other files are not
/// opened;
///              empty: all that are there
Song openSong(const SongFolder& folder, const AudioFormat& form, const std::vector<std::string>& stems = {});

/// Frames [first, first + frames) of a stem, zeros where the song has ended. @param stem may be "mixture":
/// its file, or where there is none the sum of the stems. Throws Error (Input) where there is no such stem or
/// it cannot be read. Any thread.
AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& form, std::int64_t first,
                     std::int64_t frames);
/// The whole stem: song.frames long.
AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& form);

/// The songs of a data set, by name; see findSongFolders for the layouts.
struct SongLibrary {
    std::vector<Song> train;
    std::vector<Song> validation; ///< of the folder valid/, where there is one
    std::vector<Song> test;
    std::vector<std::string> notices; ///< songs left out and why, rates and lengths that were made to fit,
                                      ///< what looks like songs and is not used

    std::vector<Song>& songs(Split split);
};

/// Opens every song. A song that openSong refuses is an Error with FileErrorPolicy::Fail; with Skip it is
/// left out with a notice, and it is an Error where none is left.
/// @param exclude names of training songs that are not even opened; a name that no song has is a notice
/// @param stems   see openSong
SongLibrary openLibrary(const std::filesystem::path& root, const AudioFormat& form, FileErrorPolicy policy,
                        const std::vector<std::string>& exclude = {},
                        const std::vector<std::string>& stems = {});

} // namespace headroom
