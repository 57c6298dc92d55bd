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

/// A file without a disk, for readers that open a path. One for the whole run; each input replaces the last.
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
        std::perror("file in memory");
        std::abort();
    }

    int descriptor_ = memfd_create("input", MFD_CLOEXEC);
};

} // namespace headroom::fuzz
