#pragma once

#include <filesystem>
#include <string_view>

namespace headroom {

/// A file that grows by whole records, each handed to the system at once: it survives the end of the program,
/// and others may read meanwhile. One thread.
class AppendFile {
public:
    enum class Open { Any, OnlyNew };

    /// Makes the file where it is missing. Throws Error where that is impossible; with OnlyNew also where
    /// there is one of this name.
    explicit AppendFile(std::filesystem::path file, Open open = Open::Any);
    ~AppendFile();
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    /// Adds the record whole. Throws Error, for instance when the disk is full, and then the file is as it
    /// was.
    void append(std::string_view record);

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

} // namespace headroom
