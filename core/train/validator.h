// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/data/outage.h"
#include "core/data/song_library.h"
#include "core/separate/segment_model.h"
#include "core/values/events.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// Result of a validation.
struct Validation {
    int songs = 0;
    std::map<std::string, StemScore> stems;
    std::optional<double> score;     ///< the mean over stems by training.best_metric; higher is better
    std::vector<std::string> faults; ///< songs without a score, with the reason, such as a NaN in the output
    /// Songs with samples that are NaN or infinite, with file and time. The score does not include them.
    std::vector<std::string> leftOut;
};

/// What a validation found out about a song: scores, or why there are none.
struct SongResult {
    std::size_t number = 0; ///< among the songs of the validation
    std::string song = {};
    std::map<std::string, StemScore> stems = {}; ///< empty without scores
    std::string fault = {};                      ///< as in Validation::faults; empty without a fault
    std::string leftOut = {};                    ///< as in Validation::leftOut; empty unless left out
};

/// Scores a model on whole validation songs, separated like `headroom separate` does. One thread.
class Validator {
public:
    using OnSong = std::function<void(const std::string& song, const std::map<std::string, StemScore>&)>;

    /// Throws Error (Input) if a song lacks one of the targets.
    /// @param training names the metrics
    Validator(std::vector<Song> songs, AudioFormat format, std::vector<std::string> targets,
              const TrainingConfig& training = {},
              std::shared_ptr<Outage> outage = std::make_shared<Outage>());

    std::size_t songs() const { return songs_.size(); }

    /// Reads, separates and scores one segment of the first song, so that errors show before the first step
    /// and not after an epoch.
    void dryRun(const SegmentModel& model) const;

    /// Scores all songs; see score() and summarize().
    std::optional<Validation> run(const SegmentModel& model, const std::stop_token& stop,
                                  const OnSong& onSong) const;

    /// Scores the songs of a rank: each of all ranks takes every song number rank + n * ranks. Calls onSong
    /// after each. Returns nothing if `stop` is requested, which is checked before every segment. Waits for
    /// unreachable songs. Leaves out songs with samples that are not finite. Throws Error if a file cannot be
    /// read.
    std::optional<std::vector<SongResult>> score(const SegmentModel& model, const std::stop_token& stop,
                                                 const OnSong& onSong, int rank, int ranks) const;

    /// The result of a validation from those of all songs, in the order of their numbers.
    Validation summarize(const std::vector<SongResult>& results) const;

private:
    void dryRun(const SegmentModel& model, Song song) const;
    AudioBuffer read(const Song& song, const std::string& stem, const AudioFormat& format) const;
    std::map<std::string, StemScore> score(const Song& song, AudioBuffer mixture,
                                           std::vector<AudioBuffer> estimates) const;

    std::vector<Song> songs_;
    AudioFormat format_;
    std::vector<std::string> targets_;
    std::vector<Metric> metrics_;
    Metric best_;
    std::shared_ptr<Outage> outage_;
};

} // namespace headroom
