// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/runs_page.h"

#include "ui/bridge/run_archive.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/configuration_table.h"
#include "ui/configuration/preferences.h"
#include "ui/runs/overlay_plot.h"
#include "ui/runs/run_folder_button.h"
#include "ui/runs/run_model.h"
#include "ui/runs/runs_table.h"
#include "ui/theme/icon.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/fit_columns.h"
#include "ui/widgets/heading.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headroom::ui {
namespace {

QTableView* makeView(QAbstractItemModel* model, const QString& name) {
    auto* view = new QTableView;
    view->setModel(model);
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->verticalHeader()->setVisible(false);
    view->horizontalHeader()->setStretchLastSection(true);
    view->setShowGrid(false);
    return view;
}

} // namespace

RunsPage::RunsPage(RunArchive& archive, RunModel& run, Theme& theme, QWidget* parent)
    : QWidget(parent), archive_(archive), run_(run), runs_(new RunsTable(this)),
      sorted_(new QSortFilterProxyModel(this)), differences_(new ConfigurationTable(this)),
      overlay_(new OverlayPlot(theme)) {
    sorted_->setSourceModel(runs_);
    sorted_->setSortRole(RunsTable::sortRole);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* lower = new QSplitter(Qt::Horizontal);
    lower->addWidget(makeOverlay());
    lower->addWidget(makeDifferences());
    content_ = new QSplitter(Qt::Vertical);
    content_->addWidget(makeTable());
    content_->addWidget(lower);
    content_->setStretchFactor(0, 2);
    content_->setStretchFactor(1, 3);
    empty_ = makeEmpty();
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeHeader());
    column->addWidget(content_, 1);
    column->addWidget(empty_, 1);

    connect(&archive_, &RunArchive::listed, this, &RunsPage::onListed);
    connect(&archive_, &RunArchive::readPiece, this, &RunsPage::onPiece);
    connect(runs_, &RunsTable::tickedChanged, this, &RunsPage::compare);
    connect(&run_, &RunModel::stateChanged, this, [this] {
        updateButtons();
        if (isVisible())
            refresh();
    });
    constexpr int refreshMs = 2000;
    refreshTimer_.setSingleShot(true);
    refreshTimer_.setInterval(refreshMs);
    connect(&refreshTimer_, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    updateButtons();
    updateCount();
}

RunsPage::~RunsPage() = default;

QWidget* RunsPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    count_ = heading({});
    row->addWidget(count_, 1);
    auto* find = new QLineEdit;
    find->setPlaceholderText(tr("Find a run"));
    find->setAccessibleName(tr("Find a run"));
    find->setClearButtonEnabled(true);
    find->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    connect(find, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
    row->addWidget(find);
    auto* add = new QPushButton(tr("Add a folder…"));
    add->setToolTip(tr("Add a run folder or a folder of run folders, from the studio or the command line"));
    connect(add, &QPushButton::clicked, this, &RunsPage::chooseFolder);
    row->addWidget(add);
    auto* refreshButton = new QPushButton(tr("Refresh"));
    connect(refreshButton, &QPushButton::clicked, this, &RunsPage::refresh);
    row->addWidget(refreshButton);
    reveal_ = new QPushButton(tr("Open folder"));
    reveal_->setToolTip(tr("Show the selected run's folder in the file manager"));
    connect(reveal_, &QPushButton::clicked, this, [this] {
        if (const RunSummary* run = current())
            revealFolder(QString::fromStdString(run->folder));
    });
    row->addWidget(reveal_);
    export_ = new QPushButton(tr("Export weights…"));
    export_->setToolTip(tr("Write the selected run's best weights for other programs"));
    connect(export_, &QPushButton::clicked, this, [this] {
        if (const RunSummary* run = current())
            Q_EMIT exportRequested(QString::fromStdString(run->folder));
    });
    row->addWidget(export_);
    open_ = new QPushButton(tr("Open run"));
    open_->setDefault(true);
    open_->setToolTip(tr("Open on the Training page with its configuration; it can be resumed there"));
    connect(open_, &QPushButton::clicked, this, &RunsPage::openCurrent);
    row->addWidget(open_);
    return header;
}

QWidget* RunsPage::makeTable() {
    view_ = makeView(sorted_, tr("Runs"));
    view_->setSortingEnabled(true);
    view_->sortByColumn(RunsTable::Started, Qt::DescendingOrder);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(view_, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.column() != RunsTable::Name || !QApplication::mouseButtons())
            openCurrent();
    });
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunsPage::updateButtons);
    return view_;
}

QWidget* RunsPage::makeOverlay() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(heading(tr("Curves of selected runs")), 1);
    auto* axis = new QComboBox;
    axis->addItems({tr("by epoch"), tr("by step"), tr("by time")});
    axis->setAccessibleName(tr("Time axis of the curves"));
    connect(axis, &QComboBox::currentIndexChanged, overlay_,
            [this](int index) { overlay_->setAxis(static_cast<RunAxis>(index)); });
    row->addWidget(axis);
    column->addLayout(row);
    column->addWidget(overlay_, 1);
    return box;
}

QWidget* RunsPage::makeDifferences() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    differencesTitle_ = heading({});
    row->addWidget(differencesTitle_, 1);
    auto* copy = new QPushButton(tr("Copy"));
    copy->setToolTip(tr("Copy the differences as text"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(differences_->text()); });
    row->addWidget(copy);
    column->addLayout(row);
    auto* view = makeView(differences_, tr("Configuration differences"));
    column->addWidget(view, 1);
    connect(differences_, &QAbstractItemModel::modelReset, view, &QTableView::resizeColumnsToContents);
    return box;
}

void RunsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RunsPage::addFolder(const QString& folder) {
    preferences::addRunFolder(QDir(folder).absolutePath());
    refresh();
}

void RunsPage::setExportAvailable(bool available) {
    export_->setVisible(available);
}

void RunsPage::refresh() {
    refreshTimer_.stop();
    QStringList folders = preferences::otherRunFolders();
    folders << run_.runsFolder() << preferences::runsFolder();
    if (!run_.folder().isEmpty())
        folders << run_.folder();
    std::vector<std::string> paths;
    for (const QString& folder : folders)
        paths.push_back(folder.toStdString());
    archive_.list(paths);
    updateCount();
}

void RunsPage::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add a folder of runs"));
    if (!folder.isEmpty())
        addFolder(folder);
}

EmptyState* RunsPage::makeEmpty() {
    auto* empty = new EmptyState(tr("No runs yet"));
    empty->setText(
        tr("Your training runs are listed here with their scores. To list runs of the command line or on "
           "another disk, add their folder."));
    auto* add = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Add a folder of runs…"));
    connect(add, &QPushButton::clicked, this, &RunsPage::chooseFolder);
    empty->add(add);
    return empty;
}

void RunsPage::updateCount() {
    const bool none = runs_->rowCount() == 0;
    const bool reading = !listed_ && archive_.listing();
    count_->setText(reading ? tr("Reading runs…") : tr("Runs: %1").arg(runs_->rowCount()));
    content_->setVisible(!none);
    empty_->setVisible(none && !reading);
}

void RunsPage::onListed(const std::vector<RunSummary>& runs) {
    const RunSummary* before = current();
    const std::string selected = before != nullptr ? before->folder : std::string();
    const bool countChanged = runs.size() != static_cast<std::size_t>(runs_->rowCount());
    runs_->setRuns(runs);
    if (countChanged)
        fitColumns(*view_);
    for (int row = 0; row < sorted_->rowCount(); ++row) {
        if (runs_->run(sorted_->mapToSource(sorted_->index(row, 0)).row()).folder == selected)
            view_->setCurrentIndex(sorted_->index(row, 0));
    }
    if (!std::exchange(listed_, true))
        tickNewest();
    for (const std::string& folder : runs_->ticked())
        readMore(folder);
    updateCount();
    updateButtons();
    refreshTimer_.start();
}

/// Called once, so that the page shows curves from the start.
void RunsPage::tickNewest() {
    constexpr int count = 2;
    for (int row = 0; row < std::min(count, runs_->rowCount()); ++row)
        runs_->setData(runs_->index(row, RunsTable::Name), Qt::Checked, Qt::CheckStateRole);
}

const RunSummary* RunsPage::current() const {
    const QModelIndex index = sorted_->mapToSource(view_->currentIndex());
    return index.isValid() ? &runs_->run(index.row()) : nullptr;
}

void RunsPage::compare() {
    std::vector<OverlayPlot::Run> curves;
    std::vector<ConfigurationTable::Run> configs;
    for (const std::string& folder : runs_->ticked()) {
        const RunSummary* run = runs_->find(folder);
        if (run == nullptr || !run->config)
            continue;
        const auto [curve, isNew] =
            curves_.try_emplace(folder, Curve{.history = RunHistory(run->config->training.stepsPerEpoch)});
        if (isNew)
            curve->second.reading = archive_.read(folder);
        curves.push_back({runName(folder), &curve->second.history});
        configs.push_back({runName(folder), *run->config});
    }
    overlay_->setRuns(std::move(curves));
    const bool several = configs.size() > 1;
    differences_->setRuns(std::move(configs));
    differencesTitle_->setText(several ? tr("Configuration differences: %1").arg(differences_->rowCount())
                                       : tr("Select two or more runs to compare their configurations"));
}

/// Reads new events of a run that is in progress.
void RunsPage::readMore(const std::string& folder) {
    const RunSummary* run = runs_->find(folder);
    const auto curve = curves_.find(folder);
    if (run == nullptr || curve == curves_.end() || curve->second.reading != 0)
        return;
    if (run->state == RunState::Running || run->step != curve->second.history.step())
        curve->second.reading = archive_.read(folder, curve->second.end);
}

void RunsPage::onPiece(const RunPiece& piece) {
    const auto found = std::ranges::find_if(
        curves_, [&piece](const auto& curve) { return curve.second.reading == piece.number; });
    if (found == curves_.end())
        return;
    Curve& curve = found->second;
    if (piece.fromStart)
        curve.history = RunHistory(curve.history.stepsPerEpoch());
    for (const TimedEvent& event : piece.events)
        curve.history.add(event);
    curve.end = piece.end;
    if (!piece.last)
        return;
    curve.reading = 0;
    if (std::exchange(curve.drawn, curve.end) != curve.end)
        overlay_->grow();
}

void RunsPage::openCurrent() {
    if (const RunSummary* run = current(); run != nullptr && open_->isEnabled())
        Q_EMIT openRequested(QString::fromStdString(run->folder));
}

void RunsPage::updateButtons() {
    const RunSummary* run = current();
    open_->setEnabled(run != nullptr && run->problem.empty() && !run_.running());
    reveal_->setEnabled(run != nullptr);
    export_->setEnabled(run != nullptr && run->problem.empty());
}

} // namespace headroom::ui
