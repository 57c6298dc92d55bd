#pragma once

#include "core/audio/audio_buffer.h"
#include "core/data/song_library.h"
#include "core/support/error.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

namespace headroom {

/// The songs could not be reached for longer than one waits, or a stop came while waiting.
class OutageError : public Error {
public:
    using Error::Error;
};

/// Rides out a data set that cannot be reached for a while, as on a network disk. Any thread.
class Outage {
public:
    struct Settings {
        std::chrono::milliseconds patience = std::chrono::minutes(1);
        std::function<void(const std::string&)> notify = {}; ///< called on the thread that reads
        std::stop_token stop = {};
    };
    Outage() = default;
    explicit Outage(Settings settings) : settings_(std::move(settings)) {}

    /// What `read` returns. Where it throws Error because the song's files cannot be reached (its folder's
    /// parent is gone or empty, or opening a file fails otherwise than by its absence), says so, and tries
    /// again until it succeeds. Throws its Error at once where the files can be reached; OutageError after a
    /// stop, and, where the whole data set is away, at the end of the patience. A single song that stays away
    /// so long throws its own Error, then and from then on.
    AudioBuffer read(const Song& song, const std::function<AudioBuffer()>& read);

private:
    using Clock = std::chrono::steady_clock;

    // All but end() and wait() are for the handler of `error`, which they may throw on.

    AudioBuffer retry(const Song& song, const std::function<AudioBuffer()>& read, const Error& error);
    /// Notes that the songs are away, and says it once. When that was first seen.
    Clock::time_point begin(const Song& song, const Error& error);
    [[noreturn]] void giveUp(const Song& song, const Error& error);
    void end();
    void wait(std::chrono::milliseconds time);

    Settings settings_;
    std::mutex mutex_;                      // guards all below
    std::optional<Clock::time_point> away_; ///< since when; absent: nothing is known to be away
    std::set<std::string> lost_;            ///< songs, by folder, that were waited for in vain
};

} // namespace headroom
