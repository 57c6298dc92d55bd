// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/data_page.h"

#include "core/config/option_table.h"
#include "ui/bridge/dataset_bridge.h"
#include "ui/configuration/config_model.h"
#include "ui/data/file_cells.h"
#include "ui/data/layout_text.h"
#include "ui/data/song_table.h"
#include "ui/text/mark_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/fit_columns.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/message_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace headroom::ui {

DataPage::DataPage(DatasetBridge& bridge, ConfigModel& config, QWidget* parent)
    : QWidget(parent), config_(config), bridge_(bridge), songs_(new SongTable(config, this)),
      sorted_(new QSortFilterProxyModel(this)), message_(new MessageBar), openMenu_(new QMenu(this)) {
    openMenu_->addAction(tr("Folder…"), this, &DataPage::chooseFolder);
    openMenu_->addAction(tr("Table…"), this, &DataPage::chooseTable);
    sorted_->setSourceModel(songs_);
    sorted_->setSortRole(SongTable::sortRole);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* body = new QSplitter(Qt::Horizontal);
    body->addWidget(makeSongs());
    body->addWidget(makeDetails());
    body->setStretchFactor(0, 2);
    body->setStretchFactor(1, 1);
    body->setSizes({em(64), em(36)});
    body_ = body;
    empty_ = makeEmpty();
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeHeader());
    column->addWidget(message_);
    column->addWidget(makePreviewBar());
    column->addWidget(body_, 1);
    column->addWidget(empty_, 1);
    connectBridge();
    updateSummary();
    updateDetails();
}

DataPage::~DataPage() = default;

QWidget* DataPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    summary_ = new QLabel;
    summary_->setTextFormat(Qt::RichText);
    row->addWidget(summary_, 1);
    progress_ = new QProgressBar;
    progress_->setAccessibleName(tr("Songs inspected"));
    progress_->setFormat(tr("song %v of %m"));
    row->addWidget(progress_);
    cancel_ = new QPushButton(tr("Cancel"));
    connect(cancel_, &QPushButton::clicked, &bridge_, &DatasetBridge::cancel);
    row->addWidget(cancel_);
    auto* find = new QLineEdit;
    find->setPlaceholderText(tr("Find a song"));
    find->setAccessibleName(tr("Find a song"));
    find->setClearButtonEnabled(true);
    find->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    connect(find, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
    row->addWidget(find);
    auto* open = new QPushButton(tr("Open a data set"));
    open->setToolTip(
        tr("A folder of songs, or a table of their files (.csv). You can also drop it on the window"));
    open->setMenu(openMenu_);
    row->addWidget(open);
    rescan_ = new QPushButton(tr("Re-scan"));
    connect(rescan_, &QPushButton::clicked, this, &DataPage::inspect);
    row->addWidget(rescan_);
    return header;
}

QWidget* DataPage::makeSongs() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    view_ = new QTableView;
    view_->setModel(sorted_);
    view_->setAccessibleName(tr("Songs"));
    view_->setSortingEnabled(true);
    view_->sortByColumn(SongTable::Finding, Qt::DescendingOrder);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setShowGrid(false);
    view_->verticalHeader()->setVisible(false);
    view_->horizontalHeader()->setStretchLastSection(true);
    view_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DataPage::updateDetails);
    column->addWidget(view_, 1);
    excluded_ = new QLabel;
    column->addWidget(excluded_);
    return box;
}

QWidget* DataPage::makeDetails() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    song_ = heading({});
    row->addWidget(song_, 1);
    play_ = new QPushButton(tr("Play"));
    play_->setVisible(false);
    connect(play_, &QPushButton::clicked, this, &DataPage::playCurrent);
    row->addWidget(play_);
    use_ = new QPushButton;
    connect(use_, &QPushButton::clicked, this, &DataPage::toggleCurrent);
    row->addWidget(use_);
    column->addLayout(row);
    findings_ = new QLabel;
    findings_->setTextFormat(Qt::PlainText);
    findings_->setWordWrap(true);
    findings_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    showFindings({});
    column->addWidget(findings_);
    files_ = new QTableWidget;
    files_->setAccessibleName(tr("Files of this song"));
    files_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    files_->setSelectionBehavior(QAbstractItemView::SelectRows);
    files_->verticalHeader()->setVisible(false);
    files_->horizontalHeader()->setStretchLastSection(true);
    files_->setShowGrid(false);
    const QStringList titles = {tr("File"),    tr("Length"), tr("kHz"),     tr("Peak, dBFS"),
                                tr("Clipped"), tr("Silent"), tr("Encoding")};
    files_->setColumnCount(static_cast<int>(titles.size()));
    files_->setHorizontalHeaderLabels(titles);
    column->addWidget(files_, 1);
    box->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    return box;
}

EmptyState* DataPage::makeEmpty() {
    auto* empty = new EmptyState(tr("No songs yet"));
    empty->setText(tr(
        "Open or drop a folder that contains train and test, or one folder per song or per stem, or a "
        "table (.csv) with the columns instrum and path. A song has an audio file or a folder of tracks per "
        "stem, such as vocals.wav."));
    auto* open = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Open a data set"));
    open->setMenu(openMenu_);
    empty->add(open);
    return empty;
}

void DataPage::connectBridge() {
    connect(&bridge_, &DatasetBridge::progressed, this, [this](int done, int total) {
        progress_->setRange(0, total);
        progress_->setValue(done);
    });
    connect(&bridge_, &DatasetBridge::inspected, this, [this](const DatasetReport& report) {
        songs_->setReport(report);
        fitColumns(*view_);
        if (sorted_->rowCount() > 0)
            view_->setCurrentIndex(sorted_->index(0, 0));
        updateDetails();
    });
    connect(&bridge_, &DatasetBridge::refused, this, [this](const QString& message) {
        refused_ = true;
        message_->show(message, {}, message);
    });
    connect(&bridge_, &DatasetBridge::busyChanged, this, &DataPage::updateSummary);
    connect(&config_, &ConfigModel::changed, this, [this] {
        if (isVisible() && isOutdated())
            inspect();
    });
    connect(songs_, &SongTable::usedChanged, this, &DataPage::updateSummary);
    connect(songs_, &SongTable::usedChanged, this, &DataPage::updateDetails);
}

void DataPage::setPlaybackAvailable(bool available) {
    playbackAvailable_ = available;
    updateSummary();
}

QWidget* DataPage::makePreviewBar() {
    auto* box = new QFrame;
    box->setProperty("role", "box");
    auto* row = new QHBoxLayout(box);
    previewText_ = new QLabel;
    previewText_->setTextFormat(Qt::PlainText);
    previewText_->setWordWrap(true);
    row->addWidget(previewText_, 1);
    auto* use = new QPushButton(tr("Use these songs"));
    use->setToolTip(tr("Make these songs the data set of the configuration"));
    connect(use, &QPushButton::clicked, this, [this] { setDataset(previewed_); });
    row->addWidget(use);
    auto* back = new QPushButton(tr("Back to the run's songs"));
    connect(back, &QPushButton::clicked, this, [this] {
        previewed_.clear();
        inspect();
    });
    row->addWidget(back);
    previewBar_ = box;
    return box;
}

void DataPage::setRunName(const QString& name) {
    if (name == runName_)
        return;
    runName_ = name;
    previewed_.clear();
    if (isVisible() && (refused_ || isOutdated()))
        inspect();
    updateSummary();
}

QString DataPage::root() const {
    return previewed_.isEmpty() ? QString::fromStdString(config_.config().data.root) : previewed_;
}

void DataPage::setDataset(const QString& path) {
    config_.set(*findOption("data.root"), path.toStdString());
    previewed_.clear(); // invalidates `path` if it refers to this member
    if (refused_ || isOutdated())
        inspect();
    updateSummary();
    updateDetails();
}

void DataPage::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a data set"));
    if (!folder.isEmpty())
        openDataset(folder);
}

void DataPage::chooseTable() {
    const QString table =
        QFileDialog::getOpenFileName(this, tr("Choose a table of audio files"), {}, tr("Tables (*.csv)"));
    if (!table.isEmpty())
        openDataset(table);
}

void DataPage::openDataset(const QString& path) {
    const QString absolute = QDir(path).absolutePath();
    if (runName_.isEmpty() || absolute == QString::fromStdString(config_.config().data.root)) {
        setDataset(absolute);
        return;
    }
    previewed_ = absolute;
    inspect();
}

/// Inspects the data set if it was changed elsewhere while the page was hidden.
void DataPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (refused_ || isOutdated())
        inspect();
    updateSummary();
}

bool DataPage::isOutdated() const {
    return root() != inspectedRoot_ || config_.config().data.stems != inspectedStems_;
}

void DataPage::inspect() {
    inspectedRoot_ = root();
    inspectedStems_ = config_.config().data.stems;
    refused_ = false;
    message_->clear();
    songs_->setReport({});
    progress_->setRange(0, 0);
    if (inspectedRoot_.isEmpty())
        bridge_.cancel();
    else
        bridge_.inspect(inspectedRoot_, inspectedStems_);
    updateSummary();
}

void DataPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete)
        toggleCurrent();
    else if (event->key() == Qt::Key_P && !play_->isHidden())
        playCurrent();
    else
        QWidget::keyPressEvent(event);
}

int DataPage::currentRow() const {
    return sorted_->mapToSource(view_->currentIndex()).row();
}

void DataPage::toggleCurrent() {
    if (const int row = currentRow(); row >= 0)
        songs_->setUsed(songs_->song(row), !songs_->isUsed(songs_->song(row)));
}

void DataPage::playCurrent() {
    if (const int row = currentRow(); row >= 0)
        Q_EMIT playRequested(QString::fromStdString(songs_->report().root),
                             QString::fromStdString(songs_->song(row).title()));
}

void DataPage::updateSummary() {
    const DatasetReport& report = songs_->report();
    const bool named = !root().isEmpty();
    previewBar_->setVisible(!previewed_.isEmpty());
    previewText_->setText(
        tr("Preview of %1. The open run \"%2\" trains on another data set.").arg(previewed_, runName_));
    songs_->setReadOnly(!previewed_.isEmpty());
    play_->setVisible(playbackAvailable_ && previewed_.isEmpty());
    body_->setVisible(named);
    empty_->setVisible(!named);
    progress_->setVisible(bridge_.busy());
    cancel_->setVisible(bridge_.busy());
    rescan_->setVisible(named && !bridge_.busy());
    const QString name = QDir(root()).dirName().toHtmlEscaped();
    if (!named)
        summary_->setText(tr("<b>Songs</b>"));
    else if (report.songs.empty())
        summary_->setText(QStringLiteral("<b>%1</b>").arg(name));
    else
        summary_->setText(tr("<b>%1</b> %2 songs, %3. Errors: %4, warnings: %5, notes: %6")
                              .arg(name)
                              .arg(report.songs.size())
                              .arg(durationText(report.seconds()))
                              .arg(report.count(Severity::Error))
                              .arg(report.count(Severity::Warning))
                              .arg(report.count(Severity::Note)) +
                          layoutText(report));
    excluded_->setText(
        tr("Excluded songs: %1. They are listed in the option data.exclude; audio files are never "
           "changed.")
            .arg(songs_->excluded()));
}

/// The accessible name includes the text, because screen readers read only the name.
void DataPage::showFindings(const QString& text) {
    const QString name = tr("Findings");
    findings_->setText(text);
    findings_->setAccessibleName(text.isEmpty() ? name : name + QStringLiteral(": ") + text);
}

void DataPage::updateDetails() {
    const int row = currentRow();
    const bool chosen = row >= 0 && row < songs_->rowCount();
    use_->setVisible(chosen && previewed_.isEmpty() && songs_->song(row).split == "train");
    files_->setRowCount(0);
    if (!chosen) {
        song_->clear();
        showFindings({});
        return;
    }
    const SongReport& song = songs_->song(row);
    song_->setText(QString::fromStdString(song.name));
    use_->setText(songs_->isUsed(song) ? tr("Exclude") : tr("Include"));
    QStringList lines;
    for (const DatasetProblem* problem : songs_->problems(song))
        lines << severityText(problem->severity) + QStringLiteral(": ") +
                     QString::fromStdString(problem->text);
    showFindings(lines.isEmpty() ? tr("✓ No problems found.") : lines.join(QLatin1Char('\n')));
    files_->setRowCount(static_cast<int>(song.files.size()));
    for (int i = 0; i < files_->rowCount(); ++i) {
        const QStringList cells = fileCells(song.files[static_cast<std::size_t>(i)]);
        for (int column = 0; column < cells.size(); ++column)
            files_->setItem(i, column, new QTableWidgetItem(cells[column]));
    }
    files_->resizeColumnsToContents();
}

} // namespace headroom::ui
