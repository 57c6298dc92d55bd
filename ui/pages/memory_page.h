#pragma once

#include "ui/models/card_use.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headroom::ui {

class ElidedLabel;
class ForecastModel;
class MemoryTimeline;
class TensorTable;
class Theme;

/// One step of training as the forecast sees it, and what holds its peak. GUI thread.
class MemoryPage : public QWidget {
    Q_OBJECT

public:
    MemoryPage(ForecastModel& forecast, const Theme& theme, QWidget* parent = nullptr);

public Q_SLOTS:
    /// Selects the largest tensor of a part.
    void selectPart(CardPart part);

private:
    QWidget* makeHeader();
    QWidget* makeTable();
    void readForecast();
    void readPlace(qint64 event);
    void readSelection();
    void compare(bool on);
    void exportTimeline();

    ForecastModel& forecast_;
    const Theme& theme_;
    MemoryTimeline* timeline_;
    TensorTable* tensors_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    ElidedLabel* place_;
    QLabel* peak_;
    QPushButton* compare_ = nullptr;
    std::shared_ptr<const Forecast> shown_;
};

} // namespace headroom::ui
