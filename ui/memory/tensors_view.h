// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "ui/memory/card_use.h"

#include <QStackedWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

class QSortFilterProxyModel;
class QTableView;

namespace headroom::ui {

class FlameGraph;
class LargeTensorTable;
class Theme;

/// The tensors of a step: the largest at its peak as a table, or all that are live at one event by module as
/// a flame graph. GUI thread.
class TensorsView : public QStackedWidget {
    Q_OBJECT

public:
    /// In the order of the pages.
    enum class Page { Table, FlameGraph };

    explicit TensorsView(const Theme& theme, QWidget* parent = nullptr);

    void setForecast(std::shared_ptr<const Forecast> forecast);
    /// Shows the memory after this event of the step in the flame graph; absent: at the peak.
    void setEvent(std::optional<std::int64_t> event);
    /// The event of the flame graph; 0 without a forecast.
    std::int64_t event() const;
    void setPage(Page page);
    /// Selects the largest tensor of a part in the table.
    void selectPart(CardPart part);
    /// Of the selected row: the events that allocate and free the tensor.
    std::optional<std::pair<std::int64_t, std::int64_t>> lifetime() const;

Q_SIGNALS:
    void lifetimeChanged();

protected:
    using QStackedWidget::event; // beside the one above

private:
    void build();
    void updateFlameGraph();

    const Theme& theme_;
    LargeTensorTable* tensors_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    FlameGraph* flameGraph_;
    std::shared_ptr<const Forecast> forecast_;
    std::optional<std::int64_t> event_;
};

} // namespace headroom::ui
