// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/temporary_file.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <iomanip>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = ".headroom-";
constexpr std::string_view suffix = ".part";

/// Identifies this machine and boot; empty if unknown.
const std::string& thisBoot() {
    static const std::string boot = [] {
        constexpr std::size_t enough = 8;
        std::string id;
        std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
        return id.substr(0, enough);
    }();
    return boot;
}

std::string newName() {
    std::random_device random;
    std::ostringstream name;
    name << prefix << thisBoot() << '-' << std::hex << std::setfill('0');
    for (int word = 0; word < 2; ++word)
        name << std::setw(8) << static_cast<std::uint32_t>(random());
    name << suffix;
    return name.str();
}

bool isOfThisBoot(const fs::path& path) {
    const std::string start = std::string(prefix) + thisBoot() + '-';
    return !thisBoot().empty() && path.filename().string().starts_with(start);
}

/// Locks a new file. False if another program removed it as abandoned before it was locked. Succeeds on file
/// systems without locks.
bool lockNew(int descriptor, const fs::path& path) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

bool isAbandoned(int descriptor, const struct stat& status, const fs::path& path) {
    constexpr auto day = std::time_t{24} * 60 * 60;
    const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno == EWOULDBLOCK)
        return false;
    return (locked && isOfThisBoot(path)) || std::time(nullptr) - status.st_mtime > day;
}

void removeIfAbandoned(const fs::path& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0)
        return;
    if (S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && isAbandoned(file.get(), status, path))
        ::unlink(path.c_str());
}

/// Whether this is the first call of the process for this folder.
bool isFirstUseOf(const fs::path& folder) {
    static std::mutex mutex;
    static std::set<fs::path> used;
    std::error_code error;
    const fs::path absolute = fs::absolute(folder, error);
    const std::lock_guard lock(mutex);
    return used.insert(absolute).second;
}

} // namespace

TemporaryFile::TemporaryFile(const fs::path& target) {
    constexpr mode_t readableByTheUmask = 0666;
    constexpr int mostAttempts = 100;
    const fs::path folder = target.parent_path();
    if (isFirstUseOf(folder))
        removeAbandonedFiles(folder);
    int code = EEXIST;
    for (int attempt = 0; attempt < mostAttempts && code == EEXIST; ++attempt) {
        path_ = folder / newName();
        descriptor_ = FileDescriptor(
            ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, readableByTheUmask));
        if (!descriptor_.isOpen())
            code = errno;
        else if (lockNew(descriptor_.get(), path_))
            return;
    }
    throw systemError("cannot create the file", target, code);
}

TemporaryFile::~TemporaryFile() {
    if (!path_.empty())
        ::unlink(path_.c_str());
}

void TemporaryFile::rename(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0)
        throw systemError("cannot rename the finished file", target, errno);
    path_.clear();
    descriptor_.close();
}

bool TemporaryFile::isName(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with(prefix) && name.ends_with(suffix);
}

void removeAbandonedFiles(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (TemporaryFile::isName(entry->path()))
            removeIfAbandoned(entry->path());
    }
}

} // namespace headroom
