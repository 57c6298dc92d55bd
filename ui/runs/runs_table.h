#pragma once

#include "core/session/run_store.h"

#include <QAbstractTableModel>

#include <map>
#include <string>
#include <vector>

namespace headroom::ui {

/// Runs, a row each; those with a tick are compared. Sorted through QSortFilterProxyModel by sortRole.
/// GUI thread.
class RunsTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Begun, Standing, CSdr, USdr, Peak, Speed, Device, Version, BegunBy, columns };
    static constexpr int sortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Ticks stay with their folders.
    void setRuns(std::vector<RunSummary> runs);
    const RunSummary& run(int row) const { return runs_[static_cast<std::size_t>(row)]; }
    /// Folders with a tick, in the order of their ticking.
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

/// "Finished, 100 epochs", "Stopped at epoch 12, saved", ...
QString standingText(const RunSummary& run);
/// The last part of a run's folder.
QString runName(const std::string& folder);

} // namespace headroom::ui
