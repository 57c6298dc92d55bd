// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace headroom::ui {

/// A table of display text, such as the numbers of a chart.
struct TableData {
    QString note = {}; ///< which part of the data the table contains; empty: all of it
    QStringList header = {};
    std::vector<QStringList> rows = {}; ///< each with as many cells as the header

    /// CSV as in RFC 4180, except that lines end with LF. A note becomes a first line that starts with '#'.
    QString csv() const;
};

/// Item model of a TableData.
class TableDataModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit TableDataModel(TableData table, QObject* parent = nullptr)
        : QAbstractTableModel(parent), table_(std::move(table)) {}

    const TableData& table() const { return table_; }
    void setTable(TableData table);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    TableData table_;
};

} // namespace headroom::ui
