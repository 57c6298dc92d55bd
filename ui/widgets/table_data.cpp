// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/table_data.h"

#include <algorithm>

namespace headroom::ui {
namespace {

QString quoted(QString cell) {
    constexpr auto special = [](QChar c) {
        return c == QLatin1Char(',') || c == QLatin1Char('"') || c == QLatin1Char('\n');
    };
    if (std::ranges::none_of(cell, special))
        return cell;
    return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString line(const QStringList& cells) {
    QStringList texts;
    std::ranges::transform(cells, std::back_inserter(texts), quoted);
    return texts.join(QLatin1Char(',')) + QLatin1Char('\n');
}

} // namespace

QString TableData::csv() const {
    QString text = note.isEmpty() ? QString() : QStringLiteral("# %1\n").arg(note);
    text += line(header);
    for (const QStringList& row : rows)
        text += line(row);
    return text;
}

void TableDataModel::setTable(TableData table) {
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
}

int TableDataModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int TableDataModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant TableDataModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    return table_.rows[static_cast<std::size_t>(index.row())][index.column()];
}

QVariant TableDataModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return table_.header[section];
}

} // namespace headroom::ui
