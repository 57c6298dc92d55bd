#pragma once

#include "core/support/file_descriptor.h"

#include <cstdint>
#include <string>

namespace headroom {

/// A regular file opened for reading from its start; its size is fixed when it is opened. One thread.
class InputFile {
public:
    /// Throws Error: of kind Input for a missing file, a folder, pipe or device; of kind Failure where the
    /// system cannot open it (EACCES, EIO, EMFILE, ...), which may pass.
    explicit InputFile(std::string path);

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    /// Reads exactly `count` bytes. Throws Error: of kind Input where the file ends before, of kind Failure
    /// where the system cannot read it.
    void read(void* bytes, std::uint64_t count);

private:
    std::string path_;
    FileDescriptor file_;
    std::uint64_t size_ = 0;
};

} // namespace headroom
