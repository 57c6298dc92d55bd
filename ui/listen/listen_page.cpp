// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/listen_page.h"

#include "core/values/audio_suffixes.h"
#include "ui/bridge/listen_bridge.h"
#include "ui/listen/compare_panel.h"
#include "ui/listen/lane_list.h"
#include "ui/listen/look_box.h"
#include "ui/listen/sdr_row.h"
#include "ui/listen/source_menu.h"
#include "ui/listen/stem_export.h"
#include "ui/listen/transport_bar.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/vertical_scroll_area.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::ui {
namespace {

/// The widgets of a box that Tab reaches, in tab order.
std::vector<QWidget*> tabStops(QWidget& box) {
    std::vector<QWidget*> stops;
    for (QWidget* widget = box.nextInFocusChain(); box.isAncestorOf(widget);
         widget = widget->nextInFocusChain()) {
        if (widget->focusPolicy() & Qt::TabFocus)
            stops.push_back(widget);
    }
    return stops;
}

QString songTitle(const SongAudio& song) {
    const QString name = QString::fromStdString(song.name);
    return song.split.empty() ? name : QString::fromStdString(song.split) + QStringLiteral(" / ") + name;
}

} // namespace

ListenPage::ListenPage(ListenBridge& bridge, const Theme& theme, QWidget* parent)
    : QWidget(parent), bridge_(bridge), model_(bridge, player_.mixer()), menu_(new SourceMenu(bridge, this)),
      message_(new MessageBar), songs_(new QComboBox), transport_(new TransportBar(model_, player_, axis_)),
      export_(new StemExport(bridge, model_, axis_)), empty_(new EmptyState(tr("No song yet"))) {
    menu_->setParent(this);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Listen"));
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(message_);
    right->addWidget(buildLanes(theme), 1);
    right->addWidget(transport_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    panel_ = buildPanel();
    row->addWidget(panel_);
    row->addLayout(right, 1);
    connectModel();
    connect(&model_, &ListenModel::lanesChanged, this, &ListenPage::orderTabs);
}

ListenPage::~ListenPage() = default;

QWidget* ListenPage::buildPanel() {
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("content"));
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(em(0.8), em(0.8), em(0.8), em(0.8));
    column->setSpacing(em(1));
    column->addWidget(buildSong());
    column->addWidget(new ComparePanel(model_, *menu_));
    auto* look = new LookBox;
    connect(look, &LookBox::changed, this, [this](const LaneLook& chosen) { lanes_->setLook(chosen); });
    column->addWidget(heading(tr("View")));
    column->addWidget(look);
    auto* table = new QPushButton(themeIcon(QStringLiteral("table")), tr("Table"));
    table->setFocusPolicy(Qt::TabFocus);
    table->setToolTip(tr("Levels of the current lane in the visible range, as a table (T)"));
    connect(table, &QPushButton::clicked, this, [this] { lanes_->showTable(); });
    column->addWidget(table, 0, Qt::AlignLeft);
    column->addStretch(1);
    column->addWidget(export_);
    auto* scroll = new VerticalScrollArea(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    return scroll;
}

QWidget* ListenPage::buildSong() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em(0.5));
    column->addWidget(heading(tr("Song")));
    songs_->setAccessibleName(tr("Song"));
    songs_->setFocusPolicy(Qt::TabFocus);
    songs_->setPlaceholderText(tr("Choose a song"));
    songs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(songs_);
    auto* open = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Open a file"));
    auto* next = new QPushButton(themeIcon(QStringLiteral("next")), tr("Next song"));
    next_ = next;
    auto* row = new QHBoxLayout;
    row->setSpacing(em(0.5));
    for (QPushButton* button : {open, next}) {
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    column->addLayout(row);
    notice_ = new QLabel;
    notice_->setFont(textFont(TextSize::Small));
    notice_->setTextFormat(Qt::PlainText);
    notice_->setWordWrap(true);
    notice_->setVisible(false);
    column->addWidget(notice_);
    connect(songs_, &QComboBox::activated, this, &ListenPage::openAt);
    connect(next, &QPushButton::clicked, this, &ListenPage::openNext);
    connect(open, &QPushButton::clicked, this, &ListenPage::chooseFile);
    return box;
}

QWidget* ListenPage::buildLanes(const Theme& theme) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    lanes_ = new LaneList(bridge_, model_, axis_, theme);
    empty_->setText(
        tr("Drop an audio file here, or open one. Songs of the configured data set are listed on the "
           "left."));
    auto* open = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Open a file"));
    connect(open, &QPushButton::clicked, this, &ListenPage::chooseFile);
    empty_->add(open);
    sdr_ = new SdrRow(model_, axis_, theme, lanes_->headerWidth());
    column->addWidget(empty_, 1);
    column->addWidget(lanes_, 1);
    column->addWidget(sdr_);
    lanes_->setVisible(false);
    connect(sdr_, &SdrRow::worstRequested, this, &ListenPage::loopWorst);
    connect(sdr_, &SdrRow::seekRequested, this, &ListenPage::seek);
    return box;
}

void ListenPage::connectModel() {
    SongModel& song = model_.song();
    connect(&song, &SongModel::songsListed, this, [this](const QStringList& notices) {
        songs_->setToolTip(plainToolTip(notices.join('\n')));
        listSongs();
        if (!openPendingSong() && !model_.song().isOpen() && songs_->count() > 0)
            openAt(0);
    });
    connect(&song, &SongModel::loaded, this, [this] {
        if (std::exchange(playWhenLoaded_, false))
            togglePlay();
    });
    connect(&song, &SongModel::failed, this, [this](const Error& error) {
        playWhenLoaded_ = false;
        showError(error);
        showOpenSong();
    });
    connect(&song, &SongModel::opened, this, [this] {
        player_.setSong(model_.song().frames(), model_.song().sampleRate());
        axis_.setSong(model_.song().frames(), model_.song().sampleRate());
        lanes_->clearLevels();
        message_->clear();
        empty_->setVisible(false);
        lanes_->setVisible(true);
        listSongs();
        Q_EMIT playbackChanged();
        showNotices();
    });
    for (const int which : {0, 1}) {
        connect(&model_.slot(which), &SourceSlot::changed, this, [this, which] {
            const SourceSlot& slot = model_.slot(which);
            if (slot.state() == SourceSlot::State::Failed && slot.error())
                showError(*slot.error());
        });
    }
    connect(export_, &StemExport::began, message_, &MessageBar::clear);
    connect(export_, &StemExport::failed, this, &ListenPage::showError);
    connect(&axis_, &TimeAxis::selectionChanged, this, &ListenPage::applyLoop);
    connect(&player_, &Player::moved, this, &ListenPage::onMoved);
    connect(&player_, &Player::devicesChanged, this, &ListenPage::notifyPlayback);
    connect(lanes_, &LaneList::seekRequested, this, [this](qint64 frame) {
        setFocus();
        seek(frame);
    });
    connect(transport_, &TransportBar::toStart, this, [this] { seek(0); });
    connect(transport_, &TransportBar::playToggled, this, &ListenPage::togglePlay);
    connect(transport_, &TransportBar::stopped, this, &ListenPage::stop);
    connect(transport_, &TransportBar::loopToggled, this, &ListenPage::applyLoop);
}

/// Lanes are created late, so that by default Tab would reach them last.
void ListenPage::orderTabs() {
    std::vector<QWidget*> order = {tabStops(*panel_).back()};
    for (const std::vector<QWidget*>& stops : {lanes_->controls(), tabStops(*sdr_), tabStops(*transport_)})
        order.insert(order.end(), stops.begin(), stops.end());
    for (std::size_t i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
}

void ListenPage::setDataset(const QString& folder, const RunConfig& config) {
    model_.song().listDataset(folder, config);
}

void ListenPage::addRun(const QString& folder) {
    menu_->loadCheckpoints(folder);
}

void ListenPage::listenTo(const QString& runFolder, qint64 step) {
    menu_->loadCheckpoints(runFolder, [this, runFolder, step](const CheckpointList& list) {
        if (list.checkpoints.empty()) {
            showError(Error(ErrorKind::Input, tr("The run has no checkpoint yet").toStdString(),
                            runFolder.toStdString(), tr("Save a checkpoint, then listen.").toStdString()));
            return;
        }
        const auto nearest = std::ranges::min_element(
            list.checkpoints, {}, [step](const CheckpointInfo& info) { return std::abs(info.step - step); });
        listenAsA(SourceMenu::checkpoint(runFolder, *nearest));
    });
}

void ListenPage::listenToBest(const QString& runFolder) {
    menu_->loadCheckpoints(runFolder, [this, runFolder](const CheckpointList& list) {
        if (list.checkpoints.empty())
            return;
        const auto best = std::ranges::find_if(list.checkpoints, &CheckpointInfo::best);
        listenAsA(SourceMenu::checkpoint(runFolder,
                                         best == list.checkpoints.end() ? list.checkpoints.front() : *best));
    });
}

void ListenPage::listenAsA(const ListenSource& source) {
    const ListenSource before = model_.slot(0).source();
    model_.slot(0).setSource(source);
    if (model_.slot(1).source().kind == ListenSource::Kind::None && before.kind != ListenSource::Kind::None)
        model_.slot(1).setSource(before);
    model_.restartBlindTest();
    model_.hear(ListenModel::A);
}

void ListenPage::chooseFile() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Audio file"), {},
                                     tr("Audio (%1)").arg(QString::fromStdString(audioPatterns())) +
                                         QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void ListenPage::chooseWeights() {
    const QString path = SourceMenu::chooseWeights(this);
    if (!path.isEmpty())
        loadWeights(path);
}

void ListenPage::openNext() {
    openAt((lastRequested_ + 1) % std::max(1, songs_->count()));
}

void ListenPage::openFile(const QString& path) {
    model_.song().openFile(path);
}

void ListenPage::loadWeights(const QString& file) {
    model_.slot(0).setSource(SourceMenu::weights(file));
}

void ListenPage::listSongs() {
    songs_->clear();
    for (const SongAudio& one : model_.song().songs())
        songs_->addItem(songTitle(one));
    songs_->setVisible(songs_->count() > 0);
    next_->setVisible(songs_->count() > 1);
    showOpenSong();
    lastRequested_ = songs_->currentIndex();
}

/// Resets the box to the open song, also after a song failed to open.
void ListenPage::showOpenSong() {
    songs_->setCurrentIndex(model_.song().openIndex());
}

void ListenPage::showNotices() {
    notice_->setText(model_.song().notices().join('\n'));
    notice_->setVisible(!notice_->text().isEmpty());
}

void ListenPage::openAt(int index) {
    const auto& songs = model_.song().songs();
    if (index < 0 || index >= std::ssize(songs))
        return;
    lastRequested_ = index;
    playWhenLoaded_ = false;
    model_.song().open(SongAudio(songs[static_cast<std::size_t>(index)]));
}

void ListenPage::playSong(const QString& title) {
    pendingSong_ = title;
    openPendingSong();
}

/// Opens the pending song if it is listed.
bool ListenPage::openPendingSong() {
    const auto& songs = model_.song().songs();
    const auto found = std::ranges::find_if(songs, [this](const SongAudio& song) {
        const std::string split = song.split == "validation" ? "train" : song.split;
        return pendingSong_.toStdString() == split + "/" + song.name;
    });
    if (pendingSong_.isEmpty() || found == songs.end())
        return false;
    pendingSong_.clear();
    openAt(static_cast<int>(found - songs.begin()));
    playWhenLoaded_ = true;
    return true;
}

void ListenPage::showError(const Error& error) {
    const QFileInfo where(QString::fromStdString(error.where()));
    const QString file = where.isFile() ? where.fileName() : where.filePath(); // a folder needs its path
    const QString what = QString::fromStdString(error.what());
    message_->show(file.isEmpty() || what.contains(file) ? what : tr("%1: %2").arg(file, what),
                   QString::fromStdString(error.remedy()), QString::fromStdString(error.message()));
}

QString ListenPage::openTitle() const {
    return model_.song().isOpen() ? songTitle(model_.song().song()) : QString();
}

void ListenPage::notifyPlayback() {
    if (std::exchange(wasPlaying_, player_.playing()) == player_.playing())
        return;
    if (!isVisible())
        player_.watchDevices(player_.playing());
    Q_EMIT playbackChanged();
}

void ListenPage::onMoved() {
    notifyPlayback();
    axis_.setPlayHead(player_.playHead());
    if (player_.playing() && !axis_.selection())
        axis_.reveal(axis_.playHead());
    std::vector<std::pair<int, std::pair<float, float>>> levels;
    for (const Mixer::Level& level : player_.mixer().takeLevels())
        levels.push_back({level.lane, {level.left, level.right}});
    lanes_->showLevels(levels);
}

} // namespace headroom::ui
