#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string_view>

namespace headroom {

/// A file that grows by whole records, each handed to the system at once: it survives the end of the program,
/// and others may read meanwhile. One thread.
class AppendFile {
public:
    enum class Open { Any, OnlyNew };

    /// Makes the file where it is missing. Throws Error where that is impossible, where something else than a
    /// regular file has its name, a symbolic link included, and with OnlyNew where there is one already.
    explicit AppendFile(std::filesystem::path file, Open open = Open::Any);

    /// Adds the record whole. Throws Error, for instance when the disk is full, and then the file is as it
    /// was.
    void append(std::string_view record);

    /// Whether there is still a file of this name: it was neither moved nor deleted, nor was its folder.
    bool isInPlace() const;

private:
    std::filesystem::path file_;
    FileDescriptor descriptor_;
};

} // namespace headroom
