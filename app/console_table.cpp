// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console_table.h"

#include "app/display_text.h"

#include <algorithm>
#include <utility>

namespace headroom::app {

void ConsoleTable::addRow(std::vector<std::string> cells) {
    for (std::string& cell : cells)
        cell = printable(cell);
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::string ConsoleTable::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        widths.push_back(displayWidth(columns_[c].title));
        for (const auto& row : rows_)
            widths[c] = std::max(widths[c], displayWidth(row[c]));
    }
    std::string result;
    const auto addLine = [&](const auto& cellOf) {
        std::string line;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::string cell = cellOf(c);
            const std::string padding(widths[c] - displayWidth(cell), ' ');
            line +=
                (c > 0 ? "  " : "") + (columns_[c].align == Align::Right ? padding + cell : cell + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + '\n';
    };
    addLine([&](std::size_t c) { return columns_[c].title; });
    addLine([&](std::size_t c) { return std::string(widths[c], '-'); });
    for (const auto& row : rows_)
        addLine([&](std::size_t c) { return row[c]; });
    return result;
}

} // namespace headroom::app
