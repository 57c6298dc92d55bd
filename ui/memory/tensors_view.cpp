// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/tensors_view.h"

#include "core/view/memory_tree.h"
#include "ui/memory/flame_graph.h"
#include "ui/memory/large_tensor_table.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/vertical_scroll_area.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>

namespace headroom::ui {

TensorsView::TensorsView(const Theme& theme, QWidget* parent)
    : QStackedWidget(parent), theme_(theme), tensors_(new LargeTensorTable(this)),
      sorted_(new QSortFilterProxyModel(this)), table_(new QTableView), flameGraph_(new FlameGraph(theme)) {
    build();
    addWidget(table_);
    auto* scroll = new VerticalScrollArea(flameGraph_);
    scroll->setMinimumHeight(em(3.4)); // two levels; the page must fit small screens
    addWidget(scroll);
    connect(flameGraph_, &FlameGraph::selected, scroll,
            [scroll](const QRect& box) { scroll->ensureVisible(0, box.center().y(), 0, box.height()); });
    connect(&theme, &Theme::changed, this, [this] { tensors_->setForecast(forecast_, theme_.palette()); });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TensorsView::lifetimeChanged);
}

void TensorsView::build() {
    sorted_->setSourceModel(tensors_);
    sorted_->setSortRole(Qt::UserRole);
    table_->setModel(sorted_);
    table_->setAccessibleName(tr("Tensors at the peak"));
    table_->setSortingEnabled(true);
    table_->sortByColumn(LargeTensorTable::Size, Qt::DescendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(em(1.9));
    table_->horizontalHeader()->setSectionResizeMode(LargeTensorTable::Module, QHeaderView::Stretch);
    for (int section = LargeTensorTable::Shape; section < LargeTensorTable::columns; ++section)
        table_->horizontalHeader()->setSectionResizeMode(section, QHeaderView::ResizeToContents);
    table_->setToolTip(tr("Select a row to mark the tensor's lifetime in the step above"));
}

void TensorsView::setForecast(std::shared_ptr<const Forecast> forecast) {
    const bool otherLength = forecast_ == nullptr || forecast_->events != forecast->events;
    forecast_ = std::move(forecast);
    if (otherLength)
        event_.reset();
    tensors_->setForecast(forecast_, theme_.palette());
    const auto& largest = forecast_->largest;
    table_->setColumnHidden(
        LargeTensorTable::Shape,
        std::all_of(largest.begin(), largest.end(), [](const auto& tensor) { return tensor.shape.empty(); }));
    updateFlameGraph();
}

void TensorsView::setEvent(std::optional<std::int64_t> event) {
    event_ = event;
    updateFlameGraph();
}

std::int64_t TensorsView::event() const {
    return event_.value_or(forecast_ == nullptr ? 0 : forecast_->peakEvent);
}

void TensorsView::setPage(Page page) {
    setCurrentIndex(static_cast<int>(page));
    updateFlameGraph();
}

/// Only while it is shown, because forecasts arrive with every move of a slider.
void TensorsView::updateFlameGraph() {
    if (forecast_ != nullptr && currentIndex() == static_cast<int>(Page::FlameGraph))
        flameGraph_->setTree(memoryTree(forecast_->tensors, event()));
}

void TensorsView::selectPart(CardPart part) {
    for (int row = 0; row < sorted_->rowCount(); ++row)
        if (cardPart(tensors_->tensor(sorted_->mapToSource(sorted_->index(row, 0)).row()).part) == part)
            return table_->selectRow(row);
    table_->clearSelection();
}

std::optional<std::pair<std::int64_t, std::int64_t>> TensorsView::lifetime() const {
    const auto rows = table_->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return std::nullopt;
    const LargeTensor& tensor = tensors_->tensor(sorted_->mapToSource(rows.front()).row());
    return std::pair(tensor.begin, tensor.end);
}

} // namespace headroom::ui
