// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/snapshot_dialog.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/view/memory_tree.h"
#include "ui/accessibility/announcer.h"
#include "ui/memory/flame_graph.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/snapshot_model.h"
#include "ui/memory/snapshot_text.h"
#include "ui/memory/timeline_table.h"
#include "ui/text/memory_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/saved_notice.h"
#include "ui/widgets/vertical_scroll_area.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

/// For the chart.
std::shared_ptr<const Forecast> forecastOf(const SnapshotReplay& replay) {
    auto forecast = std::make_shared<Forecast>();
    forecast->peakAllocated = replay.shown().peakAllocated;
    forecast->peakReserved = replay.shown().peakReserved;
    forecast->deviceTotal = replay.shown().deviceTotal;
    forecast->verdict = replay.shown().verdict;
    forecast->events = replay.events;
    forecast->peakEvent = replay.peakEvent;
    forecast->timeline = replay.timeline;
    forecast->tensors = replay.tensors;
    return forecast;
}

} // namespace

SnapshotDialog::SnapshotDialog(SnapshotModel& snapshots, const Theme& theme, QWidget* parent)
    : QDialog(parent), snapshots_(snapshots), verdict_(heading({})), detail_(new QLabel),
      table_(new QTableView), settings_(new TableDataModel({}, this)), graphs_(new QWidget),
      crossHair_(new ElidedLabel), timeline_(new MemoryTimeline(theme)), place_(new ElidedLabel),
      free_(new ElidedLabel), flameGraph_(new FlameGraph(theme)), saved_(new SavedNotice) {
    setAttribute(Qt::WA_DeleteOnClose);
    resize(em(75), em(47));
    for (QLabel* label : {verdict_, detail_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    detail_->setProperty("second", true);
    table_->setModel(settings_);
    table_->setAccessibleName(tr("Memory by settings of the allocator"));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    timeline_->setView(TimelineView::Program);
    flameGraph_->setAccessibleName(tr("Live memory by call"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    export_ = buttons->addButton(tr("Export flame graph…"), QDialogButtonBox::ActionRole);
    export_->setToolTip(tr(
        "What is live at the chosen place, by call, as folded stacks for flamegraph.pl or speedscope.app"));
    connect(export_, &QPushButton::clicked, this, &SnapshotDialog::chooseExport);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(verdict_);
    column->addWidget(detail_);
    column->addWidget(table_);
    column->addWidget(makeGraphs(), 1);
    column->addWidget(saved_);
    column->addWidget(buttons);
    connect(this, &QDialog::finished, &snapshots_, &SnapshotModel::close);
    connect(&snapshots_, &SnapshotModel::changed, this, &SnapshotDialog::update);
    connect(timeline_, &MemoryTimeline::crossHairMoved, this, &SnapshotDialog::showCrossHair);
    connect(timeline_, &MemoryTimeline::eventChosen, this, &SnapshotDialog::showPlace);
    update();
}

QWidget* SnapshotDialog::makeGraphs() {
    auto* scroll = new VerticalScrollArea(flameGraph_);
    connect(flameGraph_, &FlameGraph::selected, scroll,
            [scroll](const QRect& box) { scroll->ensureVisible(0, box.center().y(), 0, box.height()); });
    for (ElidedLabel* label : {crossHair_, place_, free_})
        label->setProperty("second", true);
    crossHair_->setAccessibleName(tr("At the cross-hair"));
    auto* lower = new QWidget;
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(0, 0, 0, 0);
    auto* places = new QHBoxLayout;
    places->addWidget(place_, 1);
    places->addWidget(crossHair_, 1);
    below->addLayout(places);
    below->addWidget(free_);
    below->addWidget(scroll, 1);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(timeline_);
    halves->addWidget(lower);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({em(24), em(14)});
    halves->setChildrenCollapsible(false);
    timeline_->setMinimumHeight(em(12.2));
    auto* column = new QVBoxLayout(graphs_);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(halves);
    return graphs_;
}

void SnapshotDialog::update() {
    const QString name = QFileInfo(snapshots_.file()).fileName();
    setWindowTitle(tr("Memory snapshot %1").arg(name));
    const auto& replay = snapshots_.replay();
    const auto& problem = snapshots_.problem();
    for (QWidget* part : {static_cast<QWidget*>(table_), graphs_, static_cast<QWidget*>(export_)})
        part->setVisible(replay != nullptr);
    if (replay == nullptr) {
        verdict_->setText(problem ? tr("%1 could not be replayed").arg(name) : tr("Replaying %1…").arg(name));
        detail_->setText(problem ? QString::fromStdString(problem->message()) : QString());
        if (problem && isVisible())
            announce(*this, verdict_->text());
        return;
    }
    const Card& card = snapshots_.card();
    verdict_->setText(snapshotVerdict(*replay, card));
    detail_->setText(snapshotDetail(*replay));
    settings_->setTable(snapshotTable(*replay, card));
    table_->resizeColumnsToContents();
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                           settings_->rowCount() * table_->verticalHeader()->defaultSectionSize() +
                           2 * table_->frameWidth());
    shown_ = forecastOf(*replay);
    timeline_->setForecast(shown_, snapshots_.others(), card.capacity);
    showCrossHair(-1);
    showPlace(shown_->peakEvent);
    if (isVisible())
        announce(*this, verdict_->text());
}

/// Describes the peak while the cross-hair is hidden.
void SnapshotDialog::showCrossHair(std::int64_t event) {
    const QString text =
        shown_ == nullptr ? QString() : recordingPlaceText(*shown_, event < 0 ? shown_->peakEvent : event);
    crossHair_->setText(text);
    timeline_->setAccessibleDescription(text);
}

/// Shows what is live after an event.
void SnapshotDialog::showPlace(std::int64_t event) {
    event_ = event;
    MemoryNode tree = memoryTree(shown_->tensors, event);
    const QString place = event == shown_->peakEvent
                              ? tr("at the peak")
                              : tr("at event %1").arg(QLocale().toString(qint64{event}));
    place_->setText(
        tr("Live %1: %2 in %n blocks, by call", nullptr, tree.count).arg(place, bytesText(tree.bytes)));
    const QString free = fragmentationText(*shown_, event);
    free_->setText(free.isEmpty() ? tr("Nothing is cached but unused") : free);
    flameGraph_->setTree(std::move(tree));
}

void SnapshotDialog::chooseExport() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the flame graph"),
                                                      QFileInfo(snapshots_.file()).completeBaseName() +
                                                          QStringLiteral(".folded"),
                                                      tr("Folded stacks (*.folded)"));
    if (!file.isEmpty())
        exportTo(file);
}

void SnapshotDialog::exportTo(const QString& file) {
    try {
        writeFileAtomically(file.toStdString(), foldedStacks(memoryTree(shown_->tensors, event_)));
        saved_->showSaved(file);
    } catch (const Error& error) {
        QMessageBox::warning(this, tr("Not exported"), QString::fromStdString(error.message()));
    }
}

} // namespace headroom::ui
