// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Largest accepted difference between the lengths of a song's files, seconds.
inline constexpr double lengthTolerance = 0.1;

/// An audio file of a song that was opened and is readable to its last frame.
struct StemFile {
    std::string stem;
    std::filesystem::path path;
    AudioInfo info;
    std::vector<std::int64_t> activeWindows = {}; ///< first frames; set by findActivity()
};

/// A song whose files are consistent.
struct Song {
    std::string name;
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemFile> stems; ///< sorted by name, at least one, without the mixture
    std::optional<StemFile> mixture;
    std::int64_t frames = 0; ///< length of the shortest file, at the sample rate of the library
    std::vector<std::filesystem::path> sums = {};   ///< files that are the sum of all stems
    std::vector<std::filesystem::path> unread = {}; ///< audio files in unsupported formats

    const StemFile* find(const std::string& stem) const; ///< null if there is no such stem
};

/// The format to which songs are converted when read.
struct AudioFormat {
    int sampleRate = 44100; ///< Hz
    int channels = 2;       ///< 1 or 2; mono is duplicated to stereo, stereo is averaged to mono
};

/// Opens all files of a song and checks that they are consistent. Sample rates may differ: files are
/// resampled to format.sampleRate when read. Lengths may differ by up to lengthTolerance; the shortest
/// counts. Throws Error (Input) naming the files for an unreadable file, more than two channels, two files
/// for one stem, a song without stems, lengths that differ by more, a file that is the sum of some of the
/// stems (see resolveSums), and a common stem or one of `stems` in an unsupported format.
/// @param stems the stems that add up to the mixture: all must exist, other files are not opened; empty: all
///              files
Song openSong(const SongFolder& folder, const AudioFormat& format,
              const std::vector<std::string>& stems = {});

/// Frames [first, first + frames) of a stem, zero beyond the end of the song. Throws Error (Input) if the
/// stem does not exist or cannot be read. Thread-safe.
/// @param stem a stem, or "mixture": its file, or the sum of the stems if there is no such file
AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format, std::int64_t first,
                     std::int64_t frames);
/// The entire stem, song.frames long.
AudioBuffer readStem(const Song& song, const std::string& stem, const AudioFormat& format);

/// As readStem; also throws BadSamplesError if samples of the stem, or of a stem in the mixture, are NaN or
/// infinite. For audio that scores are computed from.
AudioBuffer readFiniteStem(const Song& song, const std::string& stem, const AudioFormat& format);

/// The songs of a data set, sorted by name; see findSongFolders for the layouts.
struct SongLibrary {
    std::vector<Song> train;
    std::vector<Song> validation; ///< songs of the folder valid/
    std::vector<Song> test;
    std::vector<std::string> notices; ///< skipped songs, conversions, unused folders

    std::vector<Song>& songs(Split split);
};

/// Opens every song. If openSong throws, rethrows with FileErrorPolicy::Fail; skips the song with a notice
/// with FileErrorPolicy::Skip. Throws Error (Input) if no song is left.
/// @param exclude names of training songs that are not opened; unknown names give a notice
/// @param stems   see openSong
SongLibrary openLibrary(const std::filesystem::path& root, const AudioFormat& format, FileErrorPolicy policy,
                        const std::vector<std::string>& exclude = {},
                        const std::vector<std::string>& stems = {});

} // namespace headroom
