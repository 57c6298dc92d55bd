#pragma once

#include <filesystem>

namespace headroom {

/// Where output that a user has named really goes.
struct OutputPlace {
    std::filesystem::path path; ///< what the symbolic links of the name lead to; may be missing
    bool isStream = false;      ///< a pipe or a character device, which is written to and not replaced
};

/// Follows the name's symbolic links, also to a file that is missing. Throws Error (Input) for what cannot be
/// output: a folder, a disk, a socket, a link that leads to itself.
OutputPlace outputPlace(const std::filesystem::path& named);

} // namespace headroom
