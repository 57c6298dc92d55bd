#pragma once

#include "core/data/outage.h"
#include "core/data/song_library.h"
#include "core/separate/chunk_model.h"
#include "core/values/events.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// What a validation found over all its songs.
struct Validation {
    int songs = 0;
    std::map<std::string, StemScore> stems;
    std::optional<double> score;     ///< dB, the mean over stems of the median cSDR; higher is better
    std::vector<std::string> faults; ///< songs without a score, and why: the model's output was no number
};

/// Judges weights by whole validation songs, separated as `headroom separate` does it. One thread.
class Validator {
public:
    using OnSong = std::function<void(const std::string& song, const std::map<std::string, StemScore>&)>;

    /// Throws Error (Input) where a song lacks one of the stems that are trained on.
    Validator(std::vector<Song> songs, AudioFormat form, std::vector<std::string> targets,
              std::shared_ptr<Outage> outage = std::make_shared<Outage>());

    std::size_t songs() const { return songs_.size(); }

    /// Reads, separates and scores one chunk of the first song, so that what would fail after an epoch fails
    /// before the first step.
    void dryRun(const ChunkModel& model) const;

    /// Calls onSong after each song. Absent where a stop was requested, which is looked at before every
    /// chunk. Throws Error for a file that cannot be read; songs that cannot be reached are waited for.
    std::optional<Validation> run(const ChunkModel& model, const std::stop_token& stop,
                                  const OnSong& onSong) const;

private:
    AudioBuffer read(const Song& song, const std::string& stem) const;
    std::map<std::string, StemScore> score(const Song& song, const std::vector<AudioBuffer>& estimates) const;

    std::vector<Song> songs_;
    AudioFormat form_;
    std::vector<std::string> targets_;
    std::shared_ptr<Outage> outage_;
};

} // namespace headroom
