// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Results of a data set inspection, as plain values.
namespace headroom {

/// One audio file of a song.
struct FileReport {
    std::string stem;  ///< "mixture" for the mixture
    std::string track; ///< file name, if the stem is the sum of the files of a folder; else empty
    std::string path;
    std::string unreadable; ///< why it could not be read completely; if empty, the fields below are valid
    int sampleRate = 0;     ///< Hz
    int channels = 0;
    std::int64_t frames = 0;
    std::string encoding; ///< "PCM_16", "FLOAT", ...
    std::string notice;   ///< as AudioInfo::notice: an incorrect length in the header; usually empty
    double peak = 0;      ///< largest magnitude; full scale is 1
    std::int64_t clippedSamples = 0; ///< at or above 32767 / 32768, full scale in 16 bits
    std::int64_t badSamples = 0;     ///< infinite or NaN
    double silence = 0;              ///< fraction of 0.1 s windows whose RMS is below -60 dBFS
    double dcOffset = 0;             ///< mean of the channel whose mean is farthest from 0
    bool monoAsStereo = false;       ///< two bit-identical channels that are not silent
    std::uint64_t hash = 0;          ///< XXH3 of the decoded samples; equal for equal audio

    /// "vocals", or "vocals/take 1.wav" for a track.
    std::string title() const { return track.empty() ? stem : stem + "/" + track; }
    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0; }
};

/// A file whose samples are the sum of other files of its song.
struct SumReport {
    std::string stem;
    std::vector<std::string> parts; ///< the stems that add up to it
    bool isWhole = false;           ///< the sum of all stems: the mixture under another name
    double residual = 0;            ///< energy of the difference relative to the file, dB
};

/// An audio file of a song that is not used.
struct UnreadFile {
    std::string stem;     ///< that it would be, in lower case
    std::string name;     ///< relative to its song, or to the folder of the stems: "vocals/song.m4a"
    std::string reason;   ///< predicate: "is not supported: ..."
    bool isTrack = false; ///< its stem lacks it, even if the stem has other files
};

struct SongReport {
    std::string name;
    std::string split; ///< "train", "validation" or "test"
    std::vector<FileReport> files;
    /// Energy of mixture - sum of stems relative to the mixture, dB; -200 if there is no difference. Absent
    /// without a mixture, or if rates or lengths do not match.
    std::optional<double> residual;
    std::vector<SumReport> sums = {}; ///< files that are sums instead of stems
    std::vector<UnreadFile> unread = {};
    std::string unusable = {}; ///< why the song cannot be used, whatever its files; usually empty

    std::string title() const { return split + "/" + name; }
    double seconds() const; ///< length of the longest file
};

enum class Severity {
    Note,    ///< worth knowing
    Warning, ///< degrades training or evaluation
    Error,   ///< training would refuse the song or train on test data
};

struct DatasetProblem {
    Severity severity = Severity::Note;
    std::string kind;               ///< machine-readable: "unreadable", "clipped", "duplicate", ...
    std::vector<std::string> songs; ///< titles of the affected songs
    std::string text;               ///< what is wrong, without the song: "drums: 12 samples clipped"
};

/// How the songs of a split are arranged.
enum class DatasetLayout {
    SongFolders,   ///< song/vocals.wav, as in MUSDB18-HQ
    ArtistFolders, ///< artist/song/vocals.wav
    StemFolders,   ///< vocals/song.wav
    StemTable,     ///< a CSV file with the columns instrum and path
    TrackFolders,  ///< song/vocals/take 1.wav; the files of a folder are summed
    MoisesDb,      ///< the same with a list of the tracks, song/data.json
};

struct DatasetReport {
    std::string root;
    std::vector<SongReport> songs;           ///< train, validation, then test; each sorted by name
    std::vector<DatasetProblem> problems;    ///< most severe first
    std::vector<DatasetLayout> layouts = {}; ///< those found, each once

    std::int64_t count(Severity severity) const;
    double seconds() const; ///< total length of all songs
};

/// "note", "warning" or "error".
std::string severityName(Severity severity);

/// "a folder per song", "a folder per stem (MSST type 2)", ...
std::string layoutText(DatasetLayout layout);

/// One JSON object: root, layouts [text], songs [{name, split, seconds, residual_db, sums [{stem, parts,
/// whole, residual_db}], unread [names], files [{stem, track (only if the stem is a sum), path, unreadable |
/// rate, channels, frames, encoding, peak, clipped, bad, silence, dc, mono_as_stereo, hash, notice (only if
/// there is one)}]}], problems [{severity, kind, songs, text}], summary {songs, seconds, errors, warnings,
/// notes}.
std::string toJson(const DatasetReport& report);

} // namespace headroom
