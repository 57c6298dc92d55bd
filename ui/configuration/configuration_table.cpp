// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/configuration_table.h"

#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <QFont>

#include <algorithm>

namespace headroom::ui {

void ConfigurationTable::setRuns(std::vector<Run> runs) {
    beginResetModel();
    runs_ = std::move(runs);
    rows_.clear();
    for (const Option& option : optionTable()) {
        Row row{option.key, {}};
        for (const Run& run : runs_)
            row.values.push_back(formatOptionValue(option.get(run.config)));
        if (std::ranges::adjacent_find(row.values, std::not_equal_to{}) != row.values.end())
            rows_.push_back(std::move(row));
    }
    endResetModel();
}

int ConfigurationTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ConfigurationTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(runs_.size()) + 1;
}

QVariant ConfigurationTable::data(const QModelIndex& index, int role) const {
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    if (index.column() == 0)
        return role == Qt::DisplayRole ? QVariant(QString::fromStdString(row.key)) : QVariant();
    const std::string& value = row.values[static_cast<std::size_t>(index.column()) - 1];
    const bool differs = value != row.values.front();
    if (role == Qt::DisplayRole)
        return (differs ? QStringLiteral("◆ ") : QString()) + QString::fromStdString(value);
    if (role == Qt::FontRole && differs) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    return {};
}

QVariant ConfigurationTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == 0 ? tr("Option") : runs_[static_cast<std::size_t>(section) - 1].name;
}

QString ConfigurationTable::text() const {
    QStringList lines;
    QStringList cells = {tr("Option")};
    for (const Run& run : runs_)
        cells << run.name;
    lines << cells.join(QLatin1Char('\t'));
    for (const Row& row : rows_) {
        cells = QStringList(QString::fromStdString(row.key));
        for (const std::string& value : row.values)
            cells << QString::fromStdString(value);
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace headroom::ui
