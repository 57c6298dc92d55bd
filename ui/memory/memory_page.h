#pragma once

#include "core/values/guide.h"
#include "ui/memory/card_use.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headroom::ui {

class ElidedLabel;
class ForecastModel;
class MemoryTimeline;
class SavedNotice;
class StepProfiling;
class TensorTable;
class Theme;

/// One step of training as the forecast sees it and as it was measured, and what holds its peak. GUI thread.
class MemoryPage : public QWidget {
    Q_OBJECT

public:
    MemoryPage(ForecastModel& forecast, const Theme& theme, QWidget* parent = nullptr);

    /// Lets the step be measured: without, there is no button for it. @param measurement outlives this
    void offerMeasuring(StepProfiling& measurement);

public Q_SLOTS:
    /// Selects the largest tensor of a part.
    void selectPart(CardPart part);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeTable();
    void refresh();
    void readForecast();
    void readSections();
    void showSection(int index);
    void readMeasurement();
    void profileOrCancel();
    void readPlace(qint64 event);
    void readSelection();
    void compare(bool on);
    QString settingText() const;
    void exportTimeline();
    void exportTo(const QString& path);
    void showGuide(const std::vector<GuideFigure>& figures);

    ForecastModel& forecast_;
    const Theme& theme_;
    MemoryTimeline* timeline_;
    TensorTable* tensors_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    ElidedLabel* place_;
    ElidedLabel* peak_;
    QComboBox* section_ = nullptr;
    QPushButton* limit_ = nullptr;
    QPushButton* compare_ = nullptr;
    QPushButton* measure_ = nullptr;
    QPushButton* guide_ = nullptr;
    ElidedLabel* measured_;
    SavedNotice* saved_;
    StepProfiling* measurement_ = nullptr; ///< null: not offered
    std::shared_ptr<const Forecast> shown_;
};

} // namespace headroom::ui
