#include "core/train/journal.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw systemError("cannot read the journal", file, errno);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The file, without what follows its last newline.
const std::filesystem::path& mended(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return file;
    const std::string text = contentOf(file);
    const std::size_t whole = text.rfind('\n') + 1; // npos + 1 is 0
    if (whole < text.size())
        std::filesystem::resize_file(file, whole, error);
    if (error)
        throw systemError("cannot mend the journal", file, error.value());
    return file;
}

} // namespace

Journal::Journal(const std::filesystem::path& file) : file_(mended(file)) {}

EventLines readJournal(const std::filesystem::path& file) {
    return fromJsonLines(contentOf(file));
}

void readJournalInPieces(const std::filesystem::path& file, const std::stop_token& stop,
                         const std::function<void(std::vector<TimedEvent>)>& take) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw systemError("cannot read the journal", file, errno);
    constexpr std::size_t atOnce = std::size_t{1} << 20;
    std::string text; // whole lines, and the beginning of one
    while (stream && !stop.stop_requested()) {
        const std::size_t before = text.size();
        text.resize(before + atOnce);
        stream.read(text.data() + before, static_cast<std::streamsize>(atOnce));
        text.resize(before + static_cast<std::size_t>(stream.gcount()));
        const std::size_t whole = text.rfind('\n') + 1; // npos + 1 is 0
        auto events = fromJsonLines(std::string_view(text).substr(0, whole)).events;
        text.erase(0, whole);
        if (!events.empty())
            take(std::move(events));
    }
}

} // namespace headroom
