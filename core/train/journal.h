// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/append_file.h"
#include "core/values/event_json.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// The journal of a run: every event as a line of JSON, see toJsonLine(). Lines are appended atomically, even
/// if the program is killed. Writing requires the lock of the run. One thread.
class Journal {
public:
    /// Opens or creates the file, and removes an incomplete last line that a crash has left. Reads only that
    /// line. Throws Error, also for a symbolic link.
    explicit Journal(std::filesystem::path file);

    /// Appends a line, given without newline. Creates the file again if it was moved or deleted. Throws Error
    /// and leaves the file unchanged on failure.
    void append(std::string_view line);

private:
    std::filesystem::path path_;
    std::optional<AppendFile> file_; ///< absent if it could not be created again
};

/// Reads a journal of any length in blocks of some thousand events, and ignores lines that cannot be parsed.
/// Returns early if `stop` is requested. Throws Error if the file cannot be read.
/// @param from offset in bytes to start at, the beginning of a line
/// @param addEvents called with the events of a block and the offset after its last line
/// @return offset after the last line
std::uint64_t
readJournalInBlocks(const std::filesystem::path& file, std::uint64_t from, const std::stop_token& stop,
                    const std::function<void(std::vector<TimedEvent>, std::uint64_t)>& addEvents);

} // namespace headroom
