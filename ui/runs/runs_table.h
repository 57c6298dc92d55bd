// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

/// A table of runs, one per row, with check boxes for the runs to compare. Sort it with a
/// QSortFilterProxyModel by sortRole. GUI thread.
class RunsTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Started, State, CSdr, USdr, Peak, Speed, Device, Version, StartedBy, columns };
    static constexpr int sortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Runs whose folders were checked stay checked.
    void setRuns(std::vector<RunSummary> runs);
    const RunSummary& run(int row) const { return runs_[static_cast<std::size_t>(row)]; }
    /// Folders of the checked runs, in the order in which they were checked.
    const std::vector<std::string>& ticked() const { return ticked_; }
    const RunSummary* find(const std::string& folder) const;
    void tick(int row, bool on);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void tickedChanged();

private:
    void updateRows(std::vector<RunSummary> runs);
    QString text(const RunSummary& run, int column) const;
    static QVariant sortKey(const RunSummary& run, int column);

    std::vector<RunSummary> runs_;
    std::vector<std::string> ticked_;
};

/// "✓ Finished, epoch 100", "■ Stopped, epoch 12, step 1200", ...
QString runStateText(const RunSummary& run);
/// The last component of a run's folder.
QString runName(const std::string& folder);

} // namespace headroom::ui
