#include "core/train/journal.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

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

} // namespace headroom
