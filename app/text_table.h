#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom::app {

/// A table for a terminal: columns as wide as their widest cell, two spaces apart. Knows that Chinese,
/// Japanese and Korean characters and emoji take two columns; what a terminal would obey rather than show is
/// replaced by '?'.
class TextTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// @param cells one for each column, UTF-8
    void addRow(std::vector<std::string> cells);
    /// Titles, a rule, rows; each line ends with a line feed.
    std::string text() const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// The text with control characters and bytes that are not UTF-8 replaced by '?'.
std::string printable(std::string_view text);
/// Terminal columns that a printable text takes.
std::size_t displayWidth(std::string_view text);

} // namespace headroom::app
