// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/journal.h"

#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// A journal, open for reading.
class JournalFile {
public:
    JournalFile(const fs::path& path, int flags)
        : path_(path), file_(openRegularFile(path, flags, "cannot read the journal")) {}

    std::uint64_t size() const {
        struct stat status {};
        if (::fstat(file_.get(), &status) != 0)
            throw systemError("cannot read the journal", path_, errno);
        return static_cast<std::uint64_t>(status.st_size);
    }

    /// Reads at most `count` bytes from an offset; empty at the end of the file.
    std::string read(std::uint64_t place, std::size_t count) const {
        std::string text(count, '\0');
        ssize_t got = 0;
        do {
            got = ::pread(file_.get(), text.data(), count, static_cast<off_t>(place));
        } while (got < 0 && errno == EINTR);
        if (got < 0)
            throw systemError("cannot read the journal", path_, errno);
        text.resize(static_cast<std::size_t>(got));
        return text;
    }

    void truncate(std::uint64_t size) const {
        if (::ftruncate(file_.get(), static_cast<off_t>(size)) != 0)
            throw systemError("cannot repair the journal", path_, errno);
    }

private:
    fs::path path_;
    FileDescriptor file_;
};

/// Offset after the last newline; searches from the end.
std::uint64_t wholeLines(const JournalFile& file, std::uint64_t size) {
    constexpr std::uint64_t block = 1 << 16;
    for (std::uint64_t end = size; end > 0;) {
        const std::uint64_t begin = end - std::min(end, block);
        const std::size_t newline = file.read(begin, static_cast<std::size_t>(end - begin)).rfind('\n');
        if (newline != std::string::npos)
            return begin + newline + 1;
        end = begin;
    }
    return 0;
}

/// Truncates the file after its last newline, and returns its path.
const fs::path& repaired(const fs::path& path) {
    std::error_code error;
    if (fs::symlink_status(path, error).type() == fs::file_type::not_found)
        return path;
    const JournalFile file(path, O_RDWR | O_NOFOLLOW);
    const std::uint64_t size = file.size();
    if (const std::uint64_t whole = wholeLines(file, size); whole < size)
        file.truncate(whole);
    return path;
}

} // namespace

Journal::Journal(fs::path file) : path_(std::move(file)), file_(repaired(path_)) {}

void Journal::append(std::string_view line) {
    if (!file_ || !file_->isInPlace())
        file_.emplace(repaired(path_));
    file_->append(std::string(line) + '\n');
}

std::uint64_t
readJournalInBlocks(const fs::path& file, std::uint64_t from, const std::stop_token& stop,
                    const std::function<void(std::vector<TimedEvent>, std::uint64_t)>& addEvents) {
    constexpr std::size_t blockSize = std::size_t{1} << 20;
    constexpr std::size_t longestLine = std::size_t{1} << 26; // longer lines were not written by us
    const JournalFile journal(file, O_RDONLY);
    std::string text; // whole lines and the beginning of another
    for (std::uint64_t place = from; !stop.stop_requested();) {
        const std::string read = journal.read(place, blockSize);
        if (read.empty())
            break;
        place += read.size();
        text += read;
        const std::size_t whole = text.rfind('\n') + 1; // npos + 1 is 0
        auto events = fromJsonLines(std::string_view(text).substr(0, whole)).events;
        text.erase(0, whole);
        from = place - text.size();
        if (text.size() > longestLine)
            text.clear();
        if (!events.empty())
            addEvents(std::move(events), from);
    }
    return from;
}

} // namespace headroom
