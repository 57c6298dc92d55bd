#include "ui/pages/runs_page.h"

#include "ui/bridge/run_archive.h"
#include "ui/models/config_model.h"
#include "ui/models/run_model.h"
#include "ui/models/runs_table.h"
#include "ui/models/setting_table.h"
#include "ui/plots/overlay_plot.h"
#include "ui/widgets/fit_columns.h"

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
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headroom::ui {
namespace {

constexpr auto foldersKey = "runs/folders";

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
      sorted_(new QSortFilterProxyModel(this)), settings_(new SettingTable(this)),
      overlay_(new OverlayPlot(theme)) {
    sorted_->setSourceModel(runs_);
    sorted_->setSortRole(RunsTable::sortRole);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* lower = new QSplitter(Qt::Horizontal);
    lower->addWidget(makeOverlay());
    lower->addWidget(makeSettings());
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(makeTable());
    parts->addWidget(lower);
    parts->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeHeader());
    column->addWidget(parts, 1);

    connect(&archive_, &RunArchive::listed, this, &RunsPage::takeRuns);
    connect(&archive_, &RunArchive::readPiece, this, &RunsPage::takePiece);
    connect(runs_, &RunsTable::tickedChanged, this, &RunsPage::compare);
    connect(&run_, &RunModel::stateChanged, this, [this] {
        updateButtons();
        if (isVisible())
            refresh();
    });
    updateButtons();
}

RunsPage::~RunsPage() = default;

QWidget* RunsPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    count_ = new QLabel;
    row->addWidget(count_, 1);
    auto* find = new QLineEdit;
    find->setPlaceholderText(tr("Find a run"));
    find->setAccessibleName(tr("Find a run"));
    find->setClearButtonEnabled(true);
    find->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    connect(find, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
    row->addWidget(find);
    auto* add = new QPushButton(tr("Add a folder…"));
    add->setToolTip(tr("A run folder, or a folder of run folders, of this program or of the command line"));
    connect(add, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder with runs"));
        if (!folder.isEmpty())
            addFolder(folder);
    });
    row->addWidget(add);
    auto* again = new QPushButton(tr("Look again"));
    connect(again, &QPushButton::clicked, this, &RunsPage::refresh);
    row->addWidget(again);
    open_ = new QPushButton(tr("Open run"));
    open_->setDefault(true);
    open_->setToolTip(tr("Show it on the page Training, with its setting; there it can be carried on"));
    connect(open_, &QPushButton::clicked, this, &RunsPage::openCurrent);
    row->addWidget(open_);
    return header;
}

QWidget* RunsPage::makeTable() {
    view_ = makeView(sorted_, tr("Runs"));
    view_->setSortingEnabled(true);
    view_->sortByColumn(RunsTable::Begun, Qt::DescendingOrder);
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
    row->addWidget(new QLabel(tr("<b>Curves of the runs with a tick</b>")), 1);
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

QWidget* RunsPage::makeSettings() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    differing_ = new QLabel;
    row->addWidget(differing_, 1);
    auto* copy = new QPushButton(tr("Copy"));
    copy->setToolTip(tr("Copy the differences as text"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(settings_->text()); });
    row->addWidget(copy);
    column->addLayout(row);
    auto* view = makeView(settings_, tr("Settings that differ"));
    column->addWidget(view, 1);
    connect(settings_, &QAbstractItemModel::modelReset, view, &QTableView::resizeColumnsToContents);
    return box;
}

void RunsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RunsPage::addFolder(const QString& folder) {
    QStringList folders = QSettings().value(foldersKey).toStringList();
    const QString path = QDir(folder).absolutePath();
    if (!folders.contains(path))
        QSettings().setValue(foldersKey, folders << path);
    refresh();
}

void RunsPage::refresh() {
    std::vector<std::string> folders = {
        QDir(QString::fromStdString(run_.setting().training.outputDir)).absolutePath().toStdString()};
    for (const QString& folder : QSettings().value(foldersKey).toStringList())
        folders.push_back(folder.toStdString());
    if (!run_.folder().isEmpty())
        folders.push_back(run_.folder().toStdString());
    archive_.list(folders);
}

void RunsPage::takeRuns(const std::vector<RunSummary>& runs) {
    const RunSummary* before = current();
    const std::string chosen = before != nullptr ? before->folder : std::string();
    runs_->setRuns(runs);
    fitColumns(*view_);
    count_->setText(tr("<b>Runs:</b> %1").arg(runs.size()));
    for (int row = 0; row < sorted_->rowCount(); ++row) {
        if (runs_->run(sorted_->mapToSource(sorted_->index(row, 0)).row()).folder == chosen)
            view_->setCurrentIndex(sorted_->index(row, 0));
    }
    if (!std::exchange(begun_, true))
        tickNewest();
    updateButtons();
}

/// Something to look at from the start: what was ticked is the user's from then on.
void RunsPage::tickNewest() {
    constexpr int some = 2;
    for (int row = 0; row < std::min(some, runs_->rowCount()); ++row)
        runs_->setData(runs_->index(row, RunsTable::Name), Qt::Checked, Qt::CheckStateRole);
}

const RunSummary* RunsPage::current() const {
    const QModelIndex index = sorted_->mapToSource(view_->currentIndex());
    return index.isValid() ? &runs_->run(index.row()) : nullptr;
}

void RunsPage::compare() {
    std::vector<OverlayPlot::Run> curves;
    std::vector<SettingTable::Run> settings;
    for (const std::string& folder : runs_->ticked()) {
        const RunSummary* run = runs_->find(folder);
        if (run == nullptr || !run->config)
            continue;
        const auto [history, isNew] = histories_.try_emplace(folder, run->config->training.stepsPerEpoch);
        if (isNew)
            reading_[archive_.read(folder)] = folder;
        curves.push_back({runName(folder), &history->second});
        settings.push_back({runName(folder), *run->config});
    }
    overlay_->setRuns(std::move(curves));
    const bool several = settings.size() > 1;
    settings_->setRuns(std::move(settings));
    differing_->setText(several ? tr("<b>Settings that differ:</b> %1").arg(settings_->rowCount())
                                : tr("Tick two runs or more to compare their settings"));
}

void RunsPage::takePiece(const RunPiece& piece) {
    const auto reading = reading_.find(piece.number);
    if (reading == reading_.end())
        return;
    RunHistory& history = histories_.at(reading->second);
    for (const TimedEvent& event : piece.events)
        history.add(event);
    if (!piece.last)
        return;
    reading_.erase(reading);
    overlay_->fit();
}

void RunsPage::openCurrent() {
    if (const RunSummary* run = current(); run != nullptr && open_->isEnabled())
        Q_EMIT openRequested(QString::fromStdString(run->folder));
}

void RunsPage::updateButtons() {
    const RunSummary* run = current();
    open_->setEnabled(run != nullptr && run->problem.empty() && !run_.running());
}

} // namespace headroom::ui
