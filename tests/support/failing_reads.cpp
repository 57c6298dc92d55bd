// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/failing_reads.h"

#include <atomic>
#include <cerrno>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace headroom::test {
namespace {

std::atomic<ino_t> watchedFile = 0;
std::atomic<int> readCount = 0;
std::atomic<int> failingRead = -1;

bool fails(int descriptor) {
    struct stat status {};
    if (watchedFile == 0 || ::fstat(descriptor, &status) != 0 || status.st_ino != watchedFile)
        return false;
    return readCount++ == failingRead;
}

} // namespace

FailingReads::FailingReads(const std::filesystem::path& file, int failing) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        throw std::system_error(errno, std::system_category(), file.string());
    readCount = 0;
    failingRead = failing;
    watchedFile = status.st_ino;
}

FailingReads::~FailingReads() {
    watchedFile = 0;
}

int FailingReads::count() const {
    return readCount;
}

} // namespace headroom::test

// These replace the functions of libc in the test program.
extern "C" {

ssize_t read(int descriptor, void* into, size_t count) {
    if (headroom::test::fails(descriptor)) {
        errno = EIO;
        return -1;
    }
    return ::syscall(SYS_read, descriptor, into, count);
}

ssize_t pread(int descriptor, void* into, size_t count, off_t offset) {
    if (headroom::test::fails(descriptor)) {
        errno = EIO;
        return -1;
    }
    return ::syscall(SYS_pread64, descriptor, into, count, offset);
}
}
