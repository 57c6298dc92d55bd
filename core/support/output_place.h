// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom {

/// The actual destination of an output path given by a user.
struct OutputPlace {
    std::filesystem::path path; ///< after following symbolic links; may not exist
    bool isStream = false;      ///< a pipe or a character device, which is written to instead of replaced
};

/// Follows symbolic links, also to a file that does not exist. Throws Error (Input) if the path cannot be an
/// output file: a folder, a block device, a socket, or a circular link.
OutputPlace outputPlace(const std::filesystem::path& named);

/// Refuses an output that would replace what the user has. A stream is always free.
/// @param overwrite whether the user allows to replace a file
/// @throws Error (Input) also if the folder of the file does not exist
void requireFree(const std::filesystem::path& named, bool overwrite);

/// Throws Error (Input) if the output is the same file as an input.
void requireOtherFile(const std::filesystem::path& output, const std::filesystem::path& input);

} // namespace headroom
