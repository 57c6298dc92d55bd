// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted audio files: any input is rejected, or has exactly the number of frames that AudioReader
/// reports.
#include "core/audio/audio_file.h"
#include "core/support/error.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace {

/// A file in memory with a path. A new one for every input, because lengths are cached per file.
class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : descriptor_(::memfd_create("fuzz_audio", MFD_CLOEXEC)) {
        if (::write(descriptor_, data, size) != static_cast<ssize_t>(size))
            std::abort();
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

void readParts(const std::filesystem::path& path) {
    constexpr std::int64_t block = 4096;
    headroom::AudioReader reader(path);
    const headroom::AudioInfo& info = reader.info();
    // With up to 1024 channels, a block would take megabytes and too much time.
    if (info.channels > 8)
        return;
    for (const std::int64_t first : {info.frames / 2, std::int64_t{0}, info.frames - 1}) {
        reader.seek(first);
        const std::int64_t expected = std::min(block, info.frames - first);
        if (reader.read(block).frames() != expected || reader.position() != first + expected)
            std::abort();
    }
    if (info.channels <= 2)
        headroom::readAudioRange(path, 44100, 2, 100, 2000);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemoryFile file(data, size);
    try {
        readParts(file.path());
    } catch (const headroom::Error& error) {
        // Every error names the file.
        if (error.where().empty())
            std::abort();
    }
    return 0;
}
