#pragma once

#include "core/values/dataset_report.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The songs of a data set as the doctor found them, a row each. The tick of a training song says whether it
/// is used: taking it away is a change of the setting data.exclude, which can be undone. Sorted through
/// QSortFilterProxyModel by sortRole. GUI thread.
class SongTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Song, SongSplit, Length, Rate, Peak, Residual, Finding, columns };
    static constexpr int sortRole = Qt::UserRole;

    /// @param config outlives this
    explicit SongTable(ConfigModel& config, QObject* parent = nullptr);

    /// Whether songs can be excluded: not those of another folder than the setting's.
    void setReadOnly(bool readOnly);
    void setReport(DatasetReport report);
    const DatasetReport& report() const { return report_; }
    const SongReport& song(int row) const { return report_.songs[static_cast<std::size_t>(row)]; }
    /// What is wrong with a song, the severest first.
    std::vector<const DatasetProblem*> problems(const SongReport& song) const;
    bool isUsed(const SongReport& song) const;
    void use(const SongReport& song, bool used);
    int excluded() const; ///< how many of the songs are

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
    std::vector<std::string> exclude_; ///< as it was last told
    bool readOnly_ = false;
};

/// "✕ Error", "▲ Warning", "i Note".
QString severityText(Severity severity);
/// "4:02.118".
QString songTime(double seconds);
/// "−0.8": a peak against full scale in dB.
QString peakText(double peak);

} // namespace headroom::ui
