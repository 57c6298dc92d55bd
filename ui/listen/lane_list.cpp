// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_list.h"

#include "ui/accessibility/announcer.h"
#include "ui/listen/audio_picture.h"
#include "ui/listen/lane_header.h"
#include "ui/listen/level_meter.h"
#include "ui/listen/listen_model.h"
#include "ui/listen/time_axis.h"
#include "ui/listen/time_ruler.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/table_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

QColor colorOf(const Lane& lane, int source, const Palette& colors) {
    switch (lane.role) {
    case Lane::Role::Stem:
        return colors.series[static_cast<std::size_t>(source)];
    case Lane::Role::GroundTruth:
        return colors.fits;
    case Lane::Role::Difference:
        return colors.series[2];
    case Lane::Role::Mixture:
    case Lane::Role::Accompaniment:
        break;
    }
    return colors.series[3];
}

} // namespace

LaneList::LaneList(ListenBridge& bridge, ListenModel& model, TimeAxis& axis, const Theme& theme,
                   QWidget* parent)
    : QWidget(parent), bridge_(bridge), model_(model), axis_(axis), theme_(theme), tiles_(bridge),
      content_(new QWidget), column_(new QVBoxLayout(content_)), ruler_(new TimeRuler(axis, theme)) {
    auto* unit = new QLabel(tr("min:s"));
    unit->setFont(textFont(TextSize::Small));
    unit->setProperty("second", true);
    unit->setContentsMargins(em(0.8), 0, 0, 0);
    unit->setFixedWidth(headerWidth());
    auto* top = new QHBoxLayout;
    top->setSpacing(0);
    top->addWidget(unit);
    top->addWidget(ruler_, 1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content_);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(1);
    all->addLayout(top);
    all->addWidget(scroll, 1);
    connect(static_cast<TimeView*>(ruler_), &TimeView::seekRequested, this, &LaneList::seekRequested);
    connect(&model_, &ListenModel::lanesChanged, this, &LaneList::arrange);
    connect(&model_, &ListenModel::mixChanged, this, &LaneList::refresh);
    connect(&model_, &ListenModel::audioChanged, this, &LaneList::refresh);
    connect(&axis_, &TimeAxis::viewChanged, this, [this] {
        tiles_.clear();
        for (Row& row : rows_) {
            for (const auto& picture : row.pictures)
                picture->forgetPendingTiles();
        }
    });
    arrange();
}

LaneList::~LaneList() {
    rows_.clear(); // destroys the pictures before the tile queue
}

int LaneList::headerWidth() const {
    return em(17);
}

/// Adjusts the number of rows to the lanes. Existing rows are reused, because building one takes longer than
/// a screen refresh.
void LaneList::arrange() {
    for (std::size_t i = rows_.size(); i < model_.lanes().size(); ++i)
        rows_.push_back(makeRow(static_cast<int>(i)));
    for (; rows_.size() > model_.lanes().size(); rows_.pop_back())
        delete rows_.back().box;
    const auto solo = std::ranges::find_if(model_.lanes(), &Lane::solo);
    current_ = -1;
    setCurrent(solo == model_.lanes().end() ? 0 : static_cast<int>(solo - model_.lanes().begin()));
    refresh();
}

LaneList::Row LaneList::makeRow(int lane) {
    Row row;
    row.header = new LaneHeader(theme_, lane + 1);
    row.header->setFixedWidth(headerWidth());
    row.view = new LaneView(axis_, theme_);
    row.view->setLook(look_);
    for (auto& picture : row.pictures)
        picture = std::make_unique<AudioPicture>(bridge_, tiles_);
    row.box = new QWidget;
    row.box->setMinimumHeight(em(7.6));
    auto* line = new QHBoxLayout(row.box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(row.header);
    line->addWidget(row.view, 1);
    column_->addWidget(row.box, 1);
    connect(row.header, &LaneHeader::soloToggled, this, [=, this](bool on) { model_.setSolo(lane, on); });
    connect(row.header, &LaneHeader::muteToggled, this, [=, this](bool on) { model_.setMute(lane, on); });
    connect(row.header, &LaneHeader::gainChanged, this, [=, this](double db) { model_.setGain(lane, db); });
    connect(row.header, &LaneHeader::chosen, this, [=, this] { setCurrent(lane); });
    connect(row.view, &LaneView::magnifyRequested, this, &LaneList::magnify);
    connect(row.view, &TimeView::seekRequested, this, [=, this](qint64 frame) {
        setCurrent(lane);
        Q_EMIT seekRequested(frame);
    });
    return row;
}

std::vector<QWidget*> LaneList::controls() const {
    std::vector<QWidget*> all;
    for (const Row& row : rows_) {
        const auto controls = row.header->controls();
        all.insert(all.end(), controls.begin(), controls.end());
    }
    return all;
}

void LaneList::refresh() {
    // The lanes have changed but arrange() has not run yet.
    if (rows_.size() != model_.lanes().size())
        return;
    for (std::size_t i = 0; i < rows_.size(); ++i)
        refreshRow(i);
}

void LaneList::refreshRow(std::size_t index) {
    Row& row = rows_[index];
    const Lane& lane = model_.lanes()[index];
    row.header->show(lane, detailOf(lane));
    if (lane.followsSource() && model_.isBlind()) {
        row.view->setPicture(nullptr, {}, tr("hidden while X plays"));
        return;
    }
    const int source = lane.followsSource() ? model_.heardSlot() : 0;
    const auto audio = model_.audio(lane, source);
    if (!audio) {
        row.view->setPicture(nullptr, {}, tr("this source has no such stem"));
        return;
    }
    AudioPicture* picture = row.pictures[static_cast<std::size_t>(source)].get();
    picture->setAudio(model_.audioNumber(lane, source), *audio, model_.song().sampleRate());
    // Peaks are computed after decoding, which takes seconds for long files.
    if (picture->peaks().peaks() == 0 && !model_.song().isLoaded()) {
        row.view->setPicture(nullptr, {}, decodingText());
        connect(picture, &AudioPicture::changed, this, &LaneList::refresh, Qt::UniqueConnection);
        return;
    }
    disconnect(picture, &AudioPicture::changed, this, &LaneList::refresh);
    row.view->setPicture(picture, colorOf(lane, source, theme_.palette()));
}

QString LaneList::decodingText() const {
    const SongModel& song = model_.song();
    const auto share = static_cast<double>(song.mixture().frames()) / static_cast<double>(song.frames());
    return tr("Decoding: %1 %").arg(std::lround(100 * share));
}

QString LaneList::detailOf(const Lane& lane) const {
    const ListenSource& source = model_.slot(model_.heardSlot()).source();
    const QString stem = stemTitle(lane.stem).toLower();
    switch (lane.role) {
    case Lane::Role::Mixture:
        return tr("unprocessed");
    case Lane::Role::GroundTruth:
        return tr("ground truth");
    case Lane::Role::Difference:
        return tr("%1 minus ground truth").arg(stem);
    case Lane::Role::Accompaniment: {
        QStringList stems;
        for (const std::string& name : model_.compared())
            stems << stemTitle(name).toLower();
        return stems.size() == 1 ? tr("mixture minus %1").arg(stems.first()) : tr("mixture minus all stems");
    }
    case Lane::Role::Stem:
        break;
    }
    if (model_.isBlind())
        return tr("A or B, hidden");
    const QString name = model_.heard() == ListenModel::A ? QStringLiteral("A") : QStringLiteral("B");
    return tr("source %1, %2").arg(name, source.title);
}

void LaneList::setLook(const LaneLook& look) {
    const double magnification = look_.magnification;
    look_ = look;
    look_.magnification = magnification;
    for (Row& row : rows_)
        row.view->setLook(look_);
}

void LaneList::magnify(double factor) {
    constexpr double highest = 256; // 48 dB
    look_.magnification = std::clamp(look_.magnification * factor, 1.0, highest);
    setLook(look_);
}

void LaneList::moveFrequencyCursor(int steps) {
    if (current_ < 0 || !look_.spectrogram)
        return;
    constexpr double step = 1.0 / 64;
    LaneView& view = *rows_[static_cast<std::size_t>(current_)].view;
    const double height = view.frequencyCursor() ? *view.frequencyCursor() + steps * step : 0.5;
    view.setFrequencyCursor(std::clamp(height, step / 2, 1 - step / 2));
    announce(*this, view.readout());
}

void LaneList::hideFrequencyCursor() {
    for (Row& row : rows_)
        row.view->setFrequencyCursor({});
}

void LaneList::setCurrent(int lane) {
    std::optional<double> cursor;
    if (current_ >= 0 && current_ < std::ssize(rows_))
        cursor = rows_[static_cast<std::size_t>(current_)].view->frequencyCursor();
    hideFrequencyCursor();
    current_ = rows_.empty() ? -1 : std::clamp(lane, 0, static_cast<int>(rows_.size()) - 1);
    for (std::size_t i = 0; i < rows_.size(); ++i)
        rows_[i].header->setCurrent(static_cast<int>(i) == current_);
    if (current_ >= 0)
        rows_[static_cast<std::size_t>(current_)].view->setFrequencyCursor(cursor);
}

void LaneList::showTable() {
    if (current_ < 0)
        return;
    const auto index = static_cast<std::size_t>(current_);
    const LaneView* view = rows_[index].view;
    auto* dialog =
        new TableDialog(tr("%1: levels in view").arg(laneTitle(model_.lanes()[index])), view->table(), this);
    dialog->show();
    if (AudioPicture* picture = view->picture()) {
        connect(picture, &AudioPicture::loudnessMeasured, dialog,
                [dialog, view] { dialog->setTable(view->table()); });
        picture->measureLoudness();
    }
}

void LaneList::showLevels(const std::vector<std::pair<int, std::pair<float, float>>>& levels) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto found =
            std::ranges::find(levels, static_cast<int>(i), [](const auto& one) { return one.first; });
        LevelMeter& meter = rows_[i].header->meter();
        if (model_.isBlind() && model_.lanes()[i].followsSource())
            meter.clear();
        else if (found != levels.end())
            meter.show(found->second.first, found->second.second);
    }
}

void LaneList::clearLevels() {
    for (Row& row : rows_)
        row.header->meter().clear();
}

void LaneList::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    axis_.setWidth(width() - headerWidth());
}

} // namespace headroom::ui
