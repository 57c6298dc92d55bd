// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/guide.h"
#include "ui/memory/card_use.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QPushButton;

namespace headroom::ui {

class ElidedLabel;
class ForecastModel;
class MemoryTimeline;
class SavedNotice;
class SnapshotModel;
class StepProfiling;
class TensorsView;
class Theme;
struct TableData;

/// The memory timeline of one training step, forecast and profiled, or of the whole run, the tensors at the
/// peak of the step or at a chosen place, and the time of training. GUI thread.
class MemoryPage : public QWidget {
    Q_OBJECT

public:
    MemoryPage(ForecastModel& forecast, const Theme& theme, QWidget* parent = nullptr);

    /// Adds a button that profiles the step. @param profiling outlives this
    void setStepProfiling(StepProfiling& profiling);

    /// Lets the user export the forecast as a memory snapshot of PyTorch. @param snapshots outlives this
    void setSnapshots(SnapshotModel& snapshots);

    /// Writes the drawn timeline as a picture (.png, .svg) or a table (.csv), what is live in the step at the
    /// chosen place as folded stacks (.folded), or the forecast as a memory snapshot (.pickle), and shows
    /// where it was saved, or an error.
    void exportTo(const QString& path);

public Q_SLOTS:
    /// Selects the largest tensor of a part.
    void selectPart(headroom::ui::CardPart part);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeTensors();
    void refresh();
    bool showsRun() const;
    void chooseView();
    void drawForecast();
    void updateForecast();
    void updateSections();
    void showSection(int index);
    void updateProfile();
    void profileOrCancel();
    void updateCrossHairText(qint64 event);
    void chooseEvent(qint64 event);
    void updateEventText();
    void showSelectedLifetime();
    void compare(bool on);
    QString configurationText() const;
    void chooseExport();
    void writeExport(const QString& path);
    void showWritten(const QString& path, std::int64_t reserved);
    TableData drawnTable() const;
    void showGuide(const std::vector<GuideFigure>& figures);

    ForecastModel& forecast_;
    const Theme& theme_;
    MemoryTimeline* timeline_;
    TensorsView* tensors_;
    ElidedLabel* crossHairText_;
    ElidedLabel* peak_;
    ElidedLabel* phases_;
    ElidedLabel* times_;
    QComboBox* view_ = nullptr; ///< by TimelineView
    QComboBox* section_ = nullptr;
    QComboBox* list_ = nullptr; ///< by TensorsView::Page
    QPushButton* limit_ = nullptr;
    QPushButton* pin_ = nullptr;
    QPushButton* profileButton_ = nullptr;
    QPushButton* guide_ = nullptr;
    ElidedLabel* profileText_;
    SavedNotice* saved_;
    StepProfiling* profiling_ = nullptr; ///< null: no profiling
    SnapshotModel* snapshots_ = nullptr; ///< null: none can be written
    std::shared_ptr<const Forecast> shown_;
    std::shared_ptr<const Forecast> run_;    ///< the newest runView()
    std::shared_ptr<const Forecast> runOf_;  ///< the forecast that it was made from
    std::shared_ptr<const Forecast> drawn_;  ///< in the timeline: shown_ or run_
    std::shared_ptr<const Forecast> pinned_; ///< for comparison; null: none
    QString pinnedName_;
};

} // namespace headroom::ui
