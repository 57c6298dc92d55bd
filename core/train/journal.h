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

/// The file that every event of a run is appended to, one JSON line each, as toJsonLine writes them. A line
/// is there whole or not at all, also after the program was killed. Only the holder of the run's lock may
/// write. One thread.
class Journal {
public:
    /// Opens the file, making it where it is missing, and cuts off a last line that a crash has torn. Reads
    /// no more of it than that line. Throws Error, also for a symbolic link.
    explicit Journal(std::filesystem::path file);

    /// Adds one line, given without its newline; to a new file where the journal was moved or deleted. Throws
    /// Error, and then the file is as it was.
    void append(std::string_view line);

private:
    std::filesystem::path path_;
    std::optional<AppendFile> file_; ///< absent: it could not be made again
};

/// All events of the file, and notes on the lines that could not be read. Needs no lock: a line that is just
/// being written is left out. Throws Error when the file cannot be read.
EventLines readJournal(const std::filesystem::path& file);

/// The same for a journal of any length, some thousand events at a time, without the notes. Ends early when
/// stopped. Throws Error when the file cannot be read.
/// @param from bytes that were read before; the end of a line
/// @param take is given events, and the bytes read up to the end of their last line
/// @return bytes read in the end, those before `from` included
std::uint64_t readJournalInPieces(const std::filesystem::path& file, std::uint64_t from,
                                  const std::stop_token& stop,
                                  const std::function<void(std::vector<TimedEvent>, std::uint64_t)>& take);

} // namespace headroom
