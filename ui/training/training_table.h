#pragma once

#include "core/view/run_curve.h"
#include "core/view/run_history.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace headroom::ui {

/// The curves of a run as numbers: a row a step, or for as many steps as were put together. GUI thread.
class TrainingTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Takes the steps between two places of the axis, thinned to at most about `mostRows`.
    void take(const RunHistory& history, const RunScale& scale, double from, double to, std::size_t mostRows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// All of it, with commas and a decimal point, whatever the locale; empty where there is no number. Where
    /// rows stand for several steps, a first line that begins with # says so.
    QByteArray csv() const;
    /// What rows are that stand for several steps; empty where each is one step.
    QString thinningText() const;

private:
    struct Column {
        QString title;
        std::string key; ///< for machines
    };
    void setColumns(const RunHistory& history);
    void addRow(const RunHistory& history, std::size_t firstBucket, std::size_t lastBucket);

    std::vector<Column> columns_;
    double stepsInRow_ = 1; ///< the most of any row
    std::vector<std::string> stems_;
    std::vector<std::vector<double>> rows_; ///< NaN where there is no number
};

} // namespace headroom::ui
