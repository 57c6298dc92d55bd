// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The songs stayed unreachable until the timeout, or a stop was requested while waiting.
class OutageError : public Error {
public:
    using Error::Error;
};

/// Retries reads while a data set is temporarily unreachable, for example on a network disk. Thread-safe.
class Outage {
public:
    struct Options {
        std::chrono::milliseconds timeout = std::chrono::minutes(1);
        std::function<void(const std::string&)> notify = {}; ///< called on the reading thread
        std::stop_token stop = {};
    };
    Outage() = default;
    explicit Outage(Options options) : options_(std::move(options)) {}

    /// Calls `read` and returns its result. If it throws a systemError, or another Error while the song is
    /// unreachable (its parent folder is missing or empty, or opening a file fails with an error other than
    /// "not found"), emits a notice and retries until it succeeds. Otherwise the Error propagates. Throws
    /// OutageError after a stop, and at the timeout if the whole data set is unreachable. If only this song
    /// is unreachable at the timeout, throws the song's Error, and from then on does not wait for this song
    /// again.
    AudioBuffer read(const Song& song, const std::function<AudioBuffer()>& read);

private:
    using Clock = std::chrono::steady_clock;

    // retry(), begin() and giveUp() are called inside the handler of `error` and may rethrow it.

    AudioBuffer retry(const Song& song, const std::function<AudioBuffer()>& read, const Error& error);
    /// Records the start of an outage and notifies once. Returns the start.
    Clock::time_point begin(const Song& song, const Error& error);
    [[noreturn]] void giveUp(const Song& song, const Error& error);
    void end();
    void wait(std::chrono::milliseconds time);

    Options options_;
    std::mutex mutex_; // guards all below
    std::optional<Clock::time_point> unreachableSince_;
    std::set<std::string> lost_; ///< folders of songs that were unreachable until the timeout
};

} // namespace headroom
