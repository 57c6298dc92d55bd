#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the dataset doctor found, as plain values.
namespace headroom {

/// One sound file of a song.
struct FileReport {
    std::string stem; ///< "mixture" for the mixture
    std::string path;
    std::string unreadable; ///< why it could not be read to its end; empty: it was, and what follows holds
    int sampleRate = 0;     ///< Hz
    int channels = 0;
    std::int64_t frames = 0;
    std::string encoding;            ///< "PCM_16", "FLOAT", ...
    double peak = 0;                 ///< largest magnitude; full scale is 1
    std::int64_t clippedSamples = 0; ///< at or beyond the full scale of 16 bits, 32767 / 32768
    std::int64_t badSamples = 0;     ///< infinite or not a number
    double silence = 0;              ///< share of 0.1 s windows whose RMS is below -60 dBFS, 0 ... 1
    double dcOffset = 0;             ///< mean of the channel where it is farthest from 0
    bool monoAsStereo = false;       ///< two channels, equal to the bit, and not silent
    std::uint64_t hash = 0;          ///< XXH3 of the decoded samples; files of equal sound have equal ones

    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0; }
};

/// A file whose samples are the sum of other files of its song.
struct SumReport {
    std::string stem;
    std::vector<std::string> parts; ///< the stems that it is the sum of
    bool isWhole = false;           ///< of all stems: the mixture by another name
    double residual = 0;            ///< energy of what is left without them against its own, dB
};

struct SongReport {
    std::string name;
    std::string split; ///< "train", "validation" or "test"
    std::vector<FileReport> files;
    /// Energy of mixture - sum of stems against that of the mixture, dB; -200 where there is no difference.
    /// Absent without a mixture, or where the files do not fit together.
    std::optional<double> residual;
    std::vector<SumReport> sums = {};     ///< files that are no stems
    std::vector<std::string> unread = {}; ///< names of sound files of kinds that are not read, such as MP3

    std::string title() const { return split + "/" + name; }
    double seconds() const; ///< of its longest file
};

enum class Severity {
    Note,    ///< worth knowing
    Warning, ///< makes training or judging worse
    Error,   ///< training would refuse the song or learn what it is tested on
};

struct DatasetProblem {
    Severity severity = Severity::Note;
    std::string kind;               ///< a word for machines: "unreadable", "clipped", "duplicate", ...
    std::vector<std::string> songs; ///< titles of the songs concerned
    std::string text;               ///< what is wrong, without the song's name: "drums: 12 samples clipped"
};

struct DatasetReport {
    std::string root;
    std::vector<SongReport> songs;        ///< train, validation, then test; by name
    std::vector<DatasetProblem> problems; ///< the severest first

    std::int64_t count(Severity severity) const;
    double seconds() const; ///< of all songs together
};

/// "note", "warning" or "error".
std::string severityName(Severity severity);

/// One JSON object: root, songs [{name, split, seconds, residual_db, sums [{stem, parts, whole,
/// residual_db}], unread [names], files [{stem, path, unreadable | rate, channels, frames, encoding, peak,
/// clipped, bad, silence, dc, mono_as_stereo, hash}]}], problems
/// [{severity, kind, songs, text}], summary {songs, seconds, errors, warnings, notes}.
std::string toJson(const DatasetReport& report);

} // namespace headroom
