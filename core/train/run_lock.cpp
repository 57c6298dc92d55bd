// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_lock.h"

#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::string thisProcess() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return "process " + std::to_string(::getpid()) + " on " + host.data();
}

std::string holderOf(int descriptor) {
    std::array<char, 512> text{};
    const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    while (!holder.empty() && holder.back() == '\n')
        holder.pop_back();
    return holder.empty() ? "another program" : holder;
}

/// Some network and FUSE file systems do not support locks.
bool meansNoLocks(int code) {
    return code == ENOLCK || code == ENOSYS || code == ENOTSUP || code == EINVAL;
}

bool hasName(const FileDescriptor& opened, const fs::path& name) {
    struct stat own {};
    struct stat named {};
    return ::fstat(opened.get(), &own) == 0 && ::lstat(name.c_str(), &named) == 0 &&
           own.st_dev == named.st_dev && own.st_ino == named.st_ino;
}

void writeHolder(int descriptor) {
    const std::string text = thisProcess() + "\n";
    // The name is only for messages: if writing fails, as on a full disk, the lock still holds.
    [[maybe_unused]] const bool named =
        ::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) > 0;
}

} // namespace

RunLock::RunLock(fs::path file) : file_(std::move(file)) {
    take();
}

RunLock::~RunLock() {
    // The file is not deleted, because another program may have opened it already.
    [[maybe_unused]] const bool emptied = ::ftruncate(descriptor_.get(), 0) == 0;
}

void RunLock::take() {
    FileDescriptor opened =
        openRegularFile(file_, O_RDWR | O_CREAT | O_NOFOLLOW, "cannot lock the run folder");
    const bool held = ::flock(opened.get(), LOCK_EX | LOCK_NB) == 0;
    const int code = errno;
    if (!held && code == EWOULDBLOCK)
        throw RunTakenOver(ErrorKind::Failure, "this run is being written by " + holderOf(opened.get()),
                           file_.parent_path().string(), "Stop that program, or choose another run folder.");
    if (!held && !meansNoLocks(code))
        throw systemError("cannot lock the run folder", file_, code);
    held_ = held;
    descriptor_ = std::move(opened);
    writeHolder(descriptor_.get());
}

bool RunLock::renew() {
    if (hasName(descriptor_, file_))
        return false;
    try {
        take();
        return true;
    } catch (const RunTakenOver&) {
        // On file systems without stable inode numbers the file looks like another one, but the lock is still
        // ours.
        const FileDescriptor named = openRegularFile(file_, O_RDONLY | O_NOFOLLOW, "cannot read the lock");
        if (holderOf(named.get()) == thisProcess())
            return false;
        throw;
    }
}

std::string lockHolder(const fs::path& file) {
    std::error_code error;
    if (fs::file_size(file, error) == 0 || error)
        return {};
    const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    // A shared lock succeeds unless a program writes the run. Closing the file releases it.
    const bool locked =
        opened.isOpen() && ::flock(opened.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    return locked ? holderOf(opened.get()) : std::string();
}

} // namespace headroom
