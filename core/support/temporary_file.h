#pragma once

#include "core/support/file_descriptor.h"

#include <filesystem>

namespace headroom {

/// A new, empty file of an unpredictable name, for content that is not complete yet. Its writer holds a lock
/// on it, so that others can tell it from one that a killed program has left. Removed with its owner unless
/// it was renamed. One thread.
class TemporaryFile {
public:
    /// Makes the file beside `target`, in a folder that must exist; the first of a process in a folder also
    /// removes what killed programs left there. Never opens a file that is there already. Throws Error that
    /// names the target.
    explicit TemporaryFile(const std::filesystem::path& target);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    int descriptor() const { return descriptor_.get(); }
    const std::filesystem::path& path() const { return path_; }

    /// Gives it its final name, replacing what has that name. Throws Error.
    void rename(const std::filesystem::path& target);

    /// Whether this is the name of such a file.
    static bool isName(const std::filesystem::path& path);

private:
    std::filesystem::path path_; ///< empty: renamed
    FileDescriptor descriptor_;
};

/// Removes the temporary files of this user in a folder whose writers are dead: those that nobody has locked.
/// A file from another machine, or from before the last start of this one, must also be a day old, since
/// locks are not always seen across machines. What cannot be removed stays.
void removeAbandonedFiles(const std::filesystem::path& folder);

} // namespace headroom
