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

/// errno of opening the file and reading its first byte; 0: it can be read.
int monitor(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    char byte = 0;
    const int code = ::read(descriptor, &byte, 1) < 0 ? errno : 0;
    ::close(descriptor);
    return code;
}

/// Whether the folder that songs lie in is gone, or an empty mount point.
bool isDatasetAway(const Song& song) {
    std::error_code error;
    const fs::directory_iterator entries(song.folder.parent_path(), error);
    return error || entries == fs::directory_iterator();
}

bool isAway(const Song& song) {
    std::vector<fs::path> files;
    for (const StemFile& stem : song.stems)
        files.push_back(stem.path);
    if (song.mixture)
        files.push_back(song.mixture->path);
    bool isMissing = false;
    for (const fs::path& file : files) {
        const int code = monitor(file);
        if (code == ENOENT || code == ENOTDIR)
            isMissing = true;
        else if (code != 0)
            return true;
    }
    return isMissing && isDatasetAway(song);
}

} // namespace

AudioBuffer Outage::read(const Song& song, const std::function<AudioBuffer()>& read) {
    try {
        return read();
    } catch (const Error& error) {
        if (!isAway(song))
            throw;
        return retry(song, read, error);
    }
}

AudioBuffer Outage::retry(const Song& song, const std::function<AudioBuffer()>& read, const Error& error) {
    constexpr std::chrono::milliseconds shortestWait(50), longestWait(1000);
    const auto deadline = begin(song, error) + settings_.patience;
    for (auto time = shortestWait;; time = std::min(2 * time, longestWait)) {
        if (Clock::now() >= deadline)
            giveUp(song, error);
        wait(time);
        try {
            AudioBuffer sound = read();
            end();
            return sound;
        } catch (const Error&) {
            if (!isAway(song))
                throw;
        }
    }
}

Outage::Clock::time_point Outage::begin(const Song& song, const Error& error) {
    const std::lock_guard lock(mutex_);
    if (lost_.contains(song.folder.string()))
        throw;
    if (away_)
        return *away_;
    away_ = Clock::now();
    if (settings_.notify)
        settings_.notify(
            fmt::format("the songs cannot be reached ({}); trying again for {} s", error.message(),
                        std::chrono::duration_cast<std::chrono::seconds>(settings_.patience).count()));
    return *away_;
}

void Outage::end() {
    const std::lock_guard lock(mutex_);
    if (!away_)
        return;
    const std::chrono::duration<double> time = Clock::now() - *away_;
    away_.reset();
    if (settings_.notify)
        settings_.notify(fmt::format("the songs can be reached again after {:.1f} s", time.count()));
}

void Outage::giveUp(const Song& song, const Error& error) {
    if (isDatasetAway(song))
        throw OutageError(ErrorKind::Failure,
                          "the songs cannot be reached any more: " + std::string(error.what()), error.where(),
                          "Make them available again and resume the run.");
    const std::lock_guard lock(mutex_);
    away_.reset();
    lost_.insert(song.folder.string());
    throw;
}

void Outage::wait(std::chrono::milliseconds time) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, settings_.stop, time, [] { return false; });
    if (settings_.stop.stop_requested())
        throw OutageError(ErrorKind::Failure, "stopped while the songs could not be reached");
}

} // namespace headroom
