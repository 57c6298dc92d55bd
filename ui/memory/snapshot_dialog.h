// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QDialog>

#include <memory>

class QLabel;
class QPushButton;
class QTableView;

namespace headroom::ui {

class ElidedLabel;
class FlameGraph;
class MemoryTimeline;
class SavedNotice;
class SnapshotModel;
class TableDataModel;
class Theme;

/// The open memory snapshot: whether its program would fit the chosen card and with which settings of the
/// allocator, its memory over time, and what is live at a chosen place, by call. Modeless; deletes itself and
/// closes the snapshot when closed. GUI thread.
class SnapshotDialog : public QDialog {
    Q_OBJECT

public:
    /// @param snapshots,theme outlive this
    SnapshotDialog(SnapshotModel& snapshots, const Theme& theme, QWidget* parent);

    /// Writes what is live at the chosen place, by call, as folded stacks. Shows where, or an error.
    void exportTo(const QString& file);

private:
    QWidget* makeGraphs();
    void update();
    void showCrossHair(std::int64_t event);
    void showPlace(std::int64_t event);
    void chooseExport();

    SnapshotModel& snapshots_;
    QLabel* verdict_;
    QLabel* detail_;
    QTableView* table_;
    TableDataModel* settings_;
    QWidget* graphs_;
    ElidedLabel* crossHair_; ///< what the chart shows there
    MemoryTimeline* timeline_;
    ElidedLabel* place_;
    ElidedLabel* free_; ///< memory that is cached but unused there
    FlameGraph* flameGraph_;
    SavedNotice* saved_;
    QPushButton* export_ = nullptr;
    std::shared_ptr<const Forecast> shown_; ///< the replay as a forecast, for the chart; null: none
    std::int64_t event_ = 0;                ///< of the flame graph
};

} // namespace headroom::ui
