// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/outage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// Opens the file and reads its first byte. Returns errno, or 0 on success.
int readErrno(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    char byte = 0;
    const int code = ::read(descriptor, &byte, 1) < 0 ? errno : 0;
    ::close(descriptor);
    return code;
}

/// Whether the parent folder of the songs is missing, or empty like an unmounted mount point.
bool isDatasetUnreachable(const Song& song) {
    std::error_code error;
    const fs::directory_iterator entries(song.folder.parent_path(), error);
    return error || entries == fs::directory_iterator();
}

/// Whether reading the song may succeed later, given the error of the read that failed.
bool isUnreachable(const Song& song, const Error& error) {
    if (error.kind() == ErrorKind::Failure)
        return true; // the file may already be readable again
    bool isMissing = false;
    for (const SongFile& file : song.files()) {
        const int code = readErrno(file.path);
        if (code == ENOENT || code == ENOTDIR)
            isMissing = true;
        else if (code != 0)
            return true;
    }
    return isMissing && isDatasetUnreachable(song);
}

} // namespace

AudioBuffer Outage::read(const Song& song, const std::function<AudioBuffer()>& read) {
    try {
        return read();
    } catch (const Error& error) {
        if (!isUnreachable(song, error))
            throw;
        return retry(song, read, error);
    }
}

AudioBuffer Outage::retry(const Song& song, const std::function<AudioBuffer()>& read, const Error& error) {
    constexpr std::chrono::milliseconds shortestWait(50), longestWait(1000);
    const auto deadline = begin(song, error) + options_.timeout;
    for (auto time = shortestWait;; time = std::min(2 * time, longestWait)) {
        if (Clock::now() >= deadline)
            giveUp(song, error);
        wait(time);
        try {
            AudioBuffer audio = read();
            end();
            return audio;
        } catch (const Error& again) {
            if (!isUnreachable(song, again))
                throw;
        }
    }
}

Outage::Clock::time_point Outage::begin(const Song& song, const Error& error) {
    const std::lock_guard lock(mutex_);
    if (lost_.contains(song.folder.string()))
        throw;
    if (unreachableSince_)
        return *unreachableSince_;
    unreachableSince_ = Clock::now();
    if (options_.notify)
        options_.notify(
            fmt::format("the songs are unreachable ({}); retrying for {} s", error.message(),
                        std::chrono::duration_cast<std::chrono::seconds>(options_.timeout).count()));
    return *unreachableSince_;
}

void Outage::end() {
    const std::lock_guard lock(mutex_);
    if (!unreachableSince_)
        return;
    const std::chrono::duration<double> time = Clock::now() - *unreachableSince_;
    unreachableSince_.reset();
    if (options_.notify)
        options_.notify(fmt::format("the songs are reachable again after {:.1f} s", time.count()));
}

void Outage::giveUp(const Song& song, const Error& error) {
    if (isDatasetUnreachable(song))
        throw OutageError(ErrorKind::Failure, "the songs are unreachable: " + std::string(error.what()),
                          error.where(), "Make them available again and resume the run.");
    const std::lock_guard lock(mutex_);
    unreachableSince_.reset();
    lost_.insert(song.folder.string());
    throw;
}

void Outage::wait(std::chrono::milliseconds time) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, options_.stop, time, [] { return false; });
    if (options_.stop.stop_requested())
        throw OutageError(ErrorKind::Failure, "stopped while the songs were unreachable");
}

} // namespace headroom
