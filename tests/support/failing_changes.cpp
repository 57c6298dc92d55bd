// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/failing_changes.h"

#include <climits>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <fcntl.h>
#include <mutex>
#include <string_view>
#include <sys/syscall.h>
#include <unistd.h>

namespace headroom::test {
namespace {

std::mutex mutex;
std::string watched; // folder; empty: none
std::string failedCall;
int changes = 0;
int failingChange = -1;

bool fails(std::string_view path, const char* call) {
    const std::lock_guard lock(mutex);
    if (watched.empty() || !path.starts_with(watched) || changes++ != failingChange)
        return false;
    failedCall = call;
    errno = EIO;
    return true;
}

bool fails(int descriptor, const char* call) {
    {
        const std::lock_guard lock(mutex);
        if (watched.empty())
            return false;
    }
    std::array<char, PATH_MAX> path = {};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const auto length = ::readlink(link.c_str(), path.data(), path.size());
    return length > 0 && fails(std::string_view(path.data(), static_cast<std::size_t>(length)), call);
}

int openAt(int folder, const char* path, int flags, mode_t mode) {
    if ((flags & O_CREAT) != 0 && fails(path, "open"))
        return -1;
    return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}

} // namespace

FailingChanges::FailingChanges(const std::filesystem::path& folder, int failing) {
    const std::lock_guard lock(mutex);
    watched = folder.string();
    failedCall.clear();
    changes = 0;
    failingChange = failing;
}

FailingChanges::~FailingChanges() {
    const std::lock_guard lock(mutex);
    watched.clear();
}

int FailingChanges::count() const {
    const std::lock_guard lock(mutex);
    return changes;
}

std::string FailingChanges::failed() const {
    const std::lock_guard lock(mutex);
    return failedCall;
}

} // namespace headroom::test

using headroom::test::fails;
using headroom::test::openAt;

// These replace the functions of libc in the test program. All paths are absolute.
extern "C" {

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const auto mode = static_cast<mode_t>((flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, int) : 0);
    va_end(arguments);
    return openAt(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const auto mode = static_cast<mode_t>((flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, int) : 0);
    va_end(arguments);
    return openAt(AT_FDCWD, path, flags, mode);
}

ssize_t write(int descriptor, const void* from, size_t count) {
    if (fails(descriptor, "write"))
        return -1;
    return ::syscall(SYS_write, descriptor, from, count);
}

int fsync(int descriptor) {
    return fails(descriptor, "fsync") ? -1 : static_cast<int>(::syscall(SYS_fsync, descriptor));
}

int rename(const char* from, const char* to) {
    return fails(to, "rename") ? -1 : static_cast<int>(::syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to));
}

int symlink(const char* target, const char* link) {
    return fails(link, "symlink") ? -1 : static_cast<int>(::syscall(SYS_symlinkat, target, AT_FDCWD, link));
}

int mkdir(const char* path, mode_t mode) {
    return fails(path, "mkdir") ? -1 : static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int unlink(const char* path) {
    return fails(path, "remove") ? -1 : static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int rmdir(const char* path) {
    return fails(path, "remove") ? -1
                                 : static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}

int remove(const char* path) {
    if (fails(path, "remove"))
        return -1;
    const auto removed = ::syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    return static_cast<int>(
        removed != 0 && errno == EISDIR ? ::syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR) : removed);
}

int unlinkat(int folder, const char* path, int flags) {
    if (path[0] == '/' ? fails(path, "remove") : fails(folder, "remove"))
        return -1;
    return static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags));
}
}
