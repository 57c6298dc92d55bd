// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_table.h"

#include "core/data/stem_names.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

using Fields = std::vector<std::string>;

/// The fields of a line of a CSV file: separated by commas, in quotes if they contain one; two quotes in
/// quotes are one. Absent if a quote stays open.
std::optional<Fields> fieldsOf(const std::string& line) {
    Fields fields(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && isQuoted && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[i++];
        else if (c == '"' && (isQuoted || fields.back().empty()))
            isQuoted = !isQuoted;
        else if (c == ',' && !isQuoted)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return isQuoted ? std::nullopt : std::optional(std::move(fields));
}

/// The next line without its ending.
bool readLine(std::istream& stream, std::string& line) {
    if (!std::getline(stream, line))
        return false;
    if (line.ends_with('\r'))
        line.pop_back();
    return true;
}

/// The text without spaces and tabs at its ends.
std::string withoutBlanks(const std::string& text) {
    constexpr const char* blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Indices of the two columns that are read.
struct Columns {
    std::size_t stem = 0;
    std::size_t path = 0;
};

std::optional<Columns> columnsOf(std::string header) {
    constexpr const char* byteOrderMark = "\xEF\xBB\xBF";
    if (header.starts_with(byteOrderMark))
        header.erase(0, 3);
    Fields names = fieldsOf(header).value_or(Fields());
    for (std::string& name : names)
        name = lowerCase(withoutBlanks(name));
    const auto stem = std::ranges::find(names, "instrum");
    const auto path = std::ranges::find(names, "path");
    if (stem == names.end() || path == names.end())
        return std::nullopt;
    return Columns{static_cast<std::size_t>(stem - names.begin()),
                   static_cast<std::size_t>(path - names.begin())};
}

/// Reads the rows of a table and sorts their files into songs.
class TableReader {
public:
    TableReader(const fs::path& file, Split split) : file_(file), split_(split) {}

    std::vector<SongFolder> read() {
        std::ifstream stream = open();
        std::string line;
        readLine(stream, line);
        const auto columns = columnsOf(line);
        if (!columns)
            refuse("the first line lacks the columns instrum and path", "Name them, as instrum,path.");
        while (readLine(stream, line)) {
            if (++line_ > longest)
                refuse(fmt::format("the table has more than {} lines", longest), "Split it.");
            if (!withoutBlanks(line).empty())
                addRow(line, *columns);
        }
        if (stream.bad())
            throw systemError("cannot read the table", file_, errno);
        if (songs_.empty())
            refuse("the table lists no files", "Add a line per file, such as vocals,stems/vocals.wav.");
        return take();
    }

private:
    static constexpr std::size_t longest = 1'000'000;
    static constexpr std::uintmax_t largest = std::uintmax_t{64} << 20;

    [[noreturn]] void refuse(const std::string& what, const std::string& remedy) const {
        throw Error(ErrorKind::Input, what, fmt::format("{}:{}", file_.string(), line_), remedy);
    }

    std::ifstream open() const {
        std::error_code error;
        if (const auto size = fs::file_size(file_, error); !error && size > largest)
            refuse("the table is larger than 64 MiB", "Split it.");
        std::ifstream stream(file_, std::ios::binary);
        if (!stream)
            throw openError("cannot read the table", file_, errno);
        return stream;
    }

    void addRow(const std::string& line, const Columns& columns) {
        if (line.find('\0') != std::string::npos) // would end a path for the system, but not for us
            refuse("the line contains a NUL byte", "Save the table as text in UTF-8.");
        const auto fields = fieldsOf(line);
        if (!fields)
            refuse("a quote is not closed", "Close it on the same line; a quote inside is written twice.");
        if (fields->size() <= std::max(columns.stem, columns.path))
            refuse("the line has fewer fields than the first line", "Write the instrument and the path.");
        const std::string stem = lowerCase((*fields)[columns.stem]);
        const std::string& named = (*fields)[columns.path];
        if (stem.empty() || named.empty())
            refuse("the instrument or the path is empty", "Write both, or remove the line.");
        addFile(stem, (file_.parent_path() / named).lexically_normal());
    }

    void addFile(const std::string& stem, const fs::path& path) {
        std::error_code error;
        if (!fs::is_regular_file(path, error))
            refuse(fmt::format("there is no file {}", path.string()),
                   "Paths start at the folder of the table. Correct the path, or remove the line.");
        if (!isStemFile(path))
            refuse(fmt::format("{} {}", path.string(), unsupportedReason()),
                   "Convert it, for example with ffmpeg, or remove the line.");
        const auto [first, isNew] = lines_.try_emplace(path, line_);
        if (!isNew)
            refuse(fmt::format("{} is already in line {}", path.string(), first->second),
                   "Remove one of the lines.");
        const fs::path folder = placeOf(stem, path);
        SongFolder song{folder.filename().string(), split_, folder, DatasetLayout::StemTable};
        songs_.try_emplace(folder, std::move(song)).first->second.stems.push_back({stem, {path}});
    }

    /// The song that a file belongs to, as the folder that would contain all of its stems.
    static fs::path placeOf(const std::string& stem, const fs::path& path) {
        fs::path folder = path.parent_path();
        if (stemName(path) == stem)
            return folder;
        return (lowerCase(folder.filename().string()) == stem ? folder.parent_path() : folder) / path.stem();
    }

    std::vector<SongFolder> take() {
        std::vector<SongFolder> found;
        for (auto& [folder, song] : songs_) {
            std::ranges::sort(song.stems, {},
                              [](const StemPaths& stem) { return std::pair(stem.stem, stem.files); });
            found.push_back(std::move(song));
        }
        std::ranges::stable_sort(found, {}, &SongFolder::name);
        return found;
    }

    fs::path file_;
    Split split_;
    std::size_t line_ = 1;
    std::map<fs::path, std::size_t> lines_; ///< of each file
    std::map<fs::path, SongFolder> songs_;
};

} // namespace

bool isStemTable(const fs::path& file) {
    std::error_code error;
    if (lowerCase(file.extension().string()) != ".csv" || !fs::is_regular_file(file, error))
        return false;
    constexpr std::streamsize longestHeader = 4096;
    std::string head(longestHeader, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(head.data(), longestHeader);
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    head = head.substr(0, head.find('\n'));
    if (head.ends_with('\r'))
        head.pop_back();
    return columnsOf(std::move(head)).has_value();
}

std::vector<SongFolder> songsOfStemTable(const fs::path& file, Split split) {
    return TableReader(file, split).read();
}

} // namespace headroom
