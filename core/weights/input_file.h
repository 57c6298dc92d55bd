#pragma once

#include <cstdint>
#include <string>

namespace headroom {

/// A regular file opened for reading from its start; its size is fixed when it is opened. One thread.
class InputFile {
public:
    /// Throws Error (Input) for a file that cannot be opened, or is a folder, pipe or device.
    explicit InputFile(std::string path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    /// Reads exactly `count` bytes; throws Error (Input) where the file ends before.
    void read(void* bytes, std::uint64_t count);

private:
    std::string path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

} // namespace headroom
