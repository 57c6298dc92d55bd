// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

/// The options in which runs differ: one row per option, one column per run. Values that differ from the
/// first run are marked. GUI thread.
class ConfigurationTable : public QAbstractTableModel {
    Q_OBJECT

public:
    struct Run {
        QString name;
        RunConfig config;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(std::vector<Run> runs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The whole table as tab-separated text, for the clipboard.
    QString text() const;

private:
    struct Row {
        std::string key;
        std::vector<std::string> values; ///< by run
    };
    std::vector<Run> runs_;
    std::vector<Row> rows_;
};

} // namespace headroom::ui
