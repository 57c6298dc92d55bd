#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom::app {

/// A table for a terminal: columns as wide as their widest cell, two spaces apart. Knows that Chinese,
/// Japanese and Korean characters and emoji take two columns; cells are made printable.
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

} // namespace headroom::app
