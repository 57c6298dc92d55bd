// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom::app {

/// A table for a terminal. Columns are as wide as their widest cell and two spaces apart. Chinese, Japanese
/// and Korean characters and emoji count as two columns. Cells are made printable.
class ConsoleTable {
public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit ConsoleTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// @param cells one for each column, UTF-8
    void addRow(std::vector<std::string> cells);
    /// Titles, a rule, rows; each line ends with a line feed.
    std::string text() const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace headroom::app
