// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_curve.h"
#include "core/view/run_history.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

/// The values of a run as a table: one row per step or per group of steps. GUI thread.
class TrainingTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Shows the steps between two positions of the axis, grouped into about `mostRows` rows at most.
    void setHistory(const RunHistory& history, const RunScale& scale, double from, double to,
                    std::size_t mostRows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// All rows as CSV, with a decimal point in any locale; missing values are empty. If rows group several
    /// steps, the first line is a note after "# ".
    QByteArray csv() const;
    /// A note about grouped rows; empty if each row is one step.
    QString thinningText() const;

private:
    struct Column {
        QString title;
        std::string key; ///< in the CSV file
    };
    void setColumns(const RunHistory& history);
    void addRow(const RunHistory& history, std::size_t firstBucket, std::size_t lastBucket);

    std::vector<Column> columns_;
    double stepsInRow_ = 1; ///< of the largest group
    std::vector<std::string> stems_;
    std::vector<Metric> metrics_;           ///< of each stem
    std::vector<std::vector<double>> rows_; ///< NaN: no value
};

} // namespace headroom::ui
