// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The songs of a data set report, one per row. The check box of a training song shows whether it is used;
/// changing it changes the option data.exclude, which can be undone. Sort with a QSortFilterProxyModel by
/// sortRole. GUI thread.
class SongTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Song, SongSplit, Length, Rate, Peak, Residual, Finding, columns };
    static constexpr int sortRole = Qt::UserRole;

    /// @param config outlives this
    explicit SongTable(ConfigModel& config, QObject* parent = nullptr);

    /// Read-only: songs cannot be excluded, because the folder is not the configured data set.
    void setReadOnly(bool readOnly);
    void setReport(DatasetReport report);
    const DatasetReport& report() const { return report_; }
    const SongReport& song(int row) const { return report_.songs[static_cast<std::size_t>(row)]; }
    /// The problems of a song, most severe first.
    std::vector<const DatasetProblem*> problems(const SongReport& song) const;
    bool isUsed(const SongReport& song) const;
    void setUsed(const SongReport& song, bool used);
    int excluded() const; ///< number of excluded songs

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void usedChanged();

private:
    QVariant text(const SongReport& song, int column) const;
    QVariant sortKey(const SongReport& song, int column) const;

    ConfigModel& config_;
    DatasetReport report_;
    std::vector<std::string> exclude_; ///< as last emitted
    bool readOnly_ = false;
};

/// "✕ Error", "▲ Warning", "i Note".
QString severityText(Severity severity);
/// "4:02.118".
QString songTime(double seconds);
/// "-0.8": a peak in dBFS.
QString peakText(double peak);

} // namespace headroom::ui
