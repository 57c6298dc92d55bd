// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace headroom::fuzz {

/// A file in memory with a path. Used for all inputs of a run; set() replaces the contents.
class MemoryFile {
public:
    MemoryFile() {
        if (descriptor_ < 0)
            fail();
    }
    ~MemoryFile() { close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    void set(std::span<const std::uint8_t> bytes) {
        if (ftruncate(descriptor_, 0) != 0 ||
            pwrite(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
            fail();
    }
    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    [[noreturn]] static void fail() {
        std::perror("memory file");
        std::abort();
    }

    int descriptor_ = memfd_create("input", MFD_CLOEXEC);
};

} // namespace headroom::fuzz
