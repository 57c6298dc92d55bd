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
#include <utility>
#include <vector>

namespace headroom {

/// Largest accepted difference between the lengths of a song's files, seconds.
inline constexpr double lengthTolerance = 0.1;

/// An audio file of a song that was opened and is readable to its last frame.
struct SongFile {
    std::filesystem::path path;
    AudioInfo info;
};

/// A stem or the mixture.
struct SongStem {
    std::string stem;
    std::vector<SongFile> files;                  ///< at least one; the stem is their sum
    std::vector<std::int64_t> activeWindows = {}; ///< first frames; set by findActivity()
};

/// A song whose files are consistent.
struct Song {
    std::string name;
    Split split = Split::Train;
    std::filesystem::path folder; ///< see SongFolder
    std::vector<SongStem> stems;  ///< sorted by name, at least one, without the mixture
    std::optional<SongStem> mixture;
    std::int64_t frames = 0; ///< length at the sample rate of the library; see openSong
    bool isComplete = true;  ///< has every stem of data.stems; if not, it has no meaningful mixture
    std::vector<std::filesystem::path> sums = {}; ///< files that are the sum of all stems
    std::vector<UnreadPath> unread = {};

    const SongStem* find(const std::string& stem) const; ///< null if there is no such stem
    std::vector<SongFile> files() const;                 ///< of all stems and the mixture
    std::pair<double, double> lengths() const;           ///< of the shortest and the longest file, seconds
};

/// The format to which songs are converted when read.
struct AudioFormat {
    int sampleRate = 44100; ///< Hz
    int channels = 2;       ///< 1 or 2; mono is duplicated to stereo, stereo is averaged to mono
};

/// The format in which a song is scored: that of the model, but a mono song is scored in mono, as it is
/// written and as its stems are written by `headroom separate`: the channels of a stereo model's estimates
/// are averaged.
AudioFormat scoringFormat(const Song& song, const AudioFormat& model);

/// Opens all files of a song and checks that they are consistent. Sample rates may differ: files are
/// resampled to format.sampleRate when read. If lengths differ by up to lengthTolerance, or more with
/// LengthMismatch::Trim, the shortest counts; more with LengthMismatch::Pad, the longest, and silence follows
/// the others. Only data.stems are opened, if there are any, and all must exist; but with
/// IncompleteSongs::Mix, a training song needs only one of them. Stems are spelled as in data.stems and
/// data.targets. Throws Error (Input) naming the files for an unreadable file, more than two channels, two
/// stems with one name, a mixture of several files, a song without stems, lengths that differ by more, a file
/// that is the sum of some of the stems (see resolveSums), a common stem, one of data.stems or one of its
/// tracks in an unsupported format, and SongFolder::error.
Song openSong(const SongFolder& folder, const AudioFormat& format, const DataConfig& data);

/// Frames [first, first + frames) of a stem, the sum of its files in their order, zero beyond the end of the
/// song. Throws Error (Input) if the
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

/// The configuration for all songs of this data set: without excluded songs, and with data.moreRoots only if
/// it is data.root.
DataConfig configuredFor(const std::string& root, DataConfig data);

/// Opens every song of data.root and data.moreRoots, except the training songs of data.exclude; unknown names
/// of those give a notice. If openSong throws, rethrows with FileErrorPolicy::Fail; skips the song with a
/// notice with FileErrorPolicy::Skip. Throws Error (Input) if no song is left, or for files that do not
/// belong together (see unalignedSongs), except with IncompleteSongs::Mix.
SongLibrary openLibrary(const DataConfig& data, const AudioFormat& format);

} // namespace headroom
