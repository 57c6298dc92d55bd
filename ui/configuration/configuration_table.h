#pragma once

#include "core/config/run_config.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

/// The settings in which runs differ: a row a setting, a column a run. What differs from the first run is
/// marked. GUI thread.
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

    /// All of it, for the clipboard: columns between tabulators.
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
