// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/transport_bar.h"

#include "ui/listen/player.h"
#include "ui/listen/time_axis.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

namespace headroom::ui {

TransportBar::TransportBar(ListenModel& model, Player& player, TimeAxis& axis, QWidget* parent)
    : QWidget(parent), model_(model), player_(player), axis_(axis),
      start_(makeButton(QStringLiteral("to-start"), tr("To the start (Home)"))),
      play_(makeButton(QStringLiteral("play"), tr("Play or pause (Space)"))),
      stop_(makeButton(QStringLiteral("stop"), tr("Stop"))),
      loop_(makeButton(QStringLiteral("loop"), tr("Loop (L)"))), clock_(new SteadyLabel),
      range_(new ElidedLabel), mix_(new ElidedLabel), problem_(new ElidedLabel), device_(new QComboBox),
      volume_(new QSlider(Qt::Horizontal)) {
    build();
    buildSourceButtons();
    buildLayout();
    connectParts();
    refresh();
    refreshMix();
    refreshDevices();
}

void TransportBar::build() {
    loop_->setCheckable(true);
    loop_->setChecked(true);
    clock_->setFont(textFont(TextSize::Clock, QFont::Bold));
    clock_->setMinimumWidth(em(7));
    clock_->setAccessibleName(tr("Position"));
    range_->setProperty("second", true);
    mix_->setProperty("second", true);
    problem_->setProperty("bad", true);
    device_->setAccessibleName(tr("Audio device"));
    device_->setFocusPolicy(Qt::TabFocus);
    device_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int deviceLetters = 10;
    device_->setMinimumContentsLength(deviceLetters);
    volume_->setRange(0, 100);
    volume_->setValue(100);
    volume_->setMinimumWidth(em(4));
    volume_->setMaximumWidth(em(7));
    volume_->setFocusPolicy(Qt::TabFocus);
    volume_->setAccessibleName(tr("Volume"));
    volume_->setToolTip(tr("Volume"));
}

void TransportBar::buildSourceButtons() {
    for (const auto which : {ListenModel::A, ListenModel::B, ListenModel::X}) {
        auto*& button = heard_[which];
        button = new QPushButton(QString(QChar("ABX"[which])));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Listen to %1").arg(button->text()));
        button->setToolTip(which == ListenModel::X ? tr("A or B, hidden (X)")
                                                   : tr("Listen to %1 (%1)").arg(button->text()));
        connect(button, &QPushButton::clicked, this, [this, which] {
            model_.hear(which);
            refreshMix();
        });
    }
}

void TransportBar::buildLayout() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(em(0.8), em(0.5), em(0.8), em(0.5));
    row->setSpacing(em(0.5));
    for (QToolButton* button : {start_, play_, stop_, loop_})
        row->addWidget(button);
    row->addSpacing(em(1));
    row->addWidget(clock_);
    row->addWidget(range_, 2);
    for (QPushButton* button : heard_)
        row->addWidget(button);
    row->addWidget(mix_, 2);
    row->addWidget(problem_, 2);
    row->addWidget(device_, 1);
    row->addWidget(volume_);
}

void TransportBar::connectParts() {
    connect(start_, &QToolButton::clicked, this, &TransportBar::toStart);
    connect(play_, &QToolButton::clicked, this, &TransportBar::playToggled);
    connect(stop_, &QToolButton::clicked, this, &TransportBar::stopped);
    connect(loop_, &QToolButton::clicked, this, &TransportBar::loopToggled);
    connect(volume_, &QSlider::valueChanged, this, [this](int value) { player_.setVolume(value / 100.0); });
    connect(device_, &QComboBox::activated, this,
            [this](int index) { player_.setDevice(device_->itemData(index).value<QAudioDevice>()); });
    connect(&player_, &Player::devicesChanged, this, &TransportBar::refreshDevices);
    connect(&player_, &Player::devicesChanged, this, &TransportBar::refresh); // may have stopped
    connect(&player_, &Player::moved, this, &TransportBar::refresh);
    connect(&axis_, &TimeAxis::playHeadMoved, this, &TransportBar::refresh);
    connect(&axis_, &TimeAxis::selectionChanged, this, &TransportBar::refresh);
    connect(&model_, &ListenModel::mixChanged, this, &TransportBar::refreshMix);
}

QToolButton* TransportBar::makeButton(const QString& icon, const QString& name) {
    auto* button = new QToolButton(this);
    button->setProperty("button", true);
    button->setIcon(themeIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

bool TransportBar::loops() const {
    return loop_->isChecked();
}

void TransportBar::setLoops(bool on) {
    loop_->setChecked(on);
    refresh();
}

void TransportBar::refresh() {
    const double rate = axis_.sampleRate();
    clock_->showText(timeText(static_cast<double>(axis_.playHead()) / rate, 3));
    QString text;
    if (const auto& range = axis_.selection()) {
        const QString ends = tr("%1 to %2")
                                 .arg(timeText(static_cast<double>(range->begin) / rate, 3),
                                      timeText(static_cast<double>(range->end) / rate, 3));
        text = loops() ? tr("loop %1").arg(ends) : ends;
    }
    if (player_.mixer().state() == Mixer::State::Waiting)
        text = tr("waiting for the separation");
    range_->setText(text);
    const bool playing = player_.playing();
    if (play_->property("playing").toBool() != playing) {
        play_->setProperty("playing", playing);
        play_->setIcon(themeIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    }
}

void TransportBar::refreshMix() {
    for (const auto which : {ListenModel::A, ListenModel::B, ListenModel::X}) {
        heard_[which]->setChecked(model_.heard() == which);
        heard_[which]->setVisible(which == ListenModel::X
                                      ? model_.canBeBlind()
                                      : model_.slot(which).source().kind != ListenSource::Kind::None);
    }
    QStringList audible;
    for (const Lane& lane : model_.lanes()) {
        if (isAudible(lane, model_.lanes()))
            audible << laneTitle(lane);
    }
    mix_->setText(audible.isEmpty() ? QString() : tr("Audible: %1").arg(audible.join(QStringLiteral(" + "))));
}

void TransportBar::refreshDevices() {
    const bool works = player_.problem().isEmpty();
    play_->setEnabled(!player_.device().isNull());
    play_->setToolTip(works ? tr("Play or pause (Space)") : plainToolTip(player_.problem()));
    play_->setAccessibleDescription(player_.problem());
    problem_->setVisible(!works);
    problem_->setText(
        works ? QString() : tr("%1. Playback is unavailable; everything else works.").arg(player_.problem()));
    device_->clear();
    for (const QAudioDevice& device : player_.devices())
        device_->addItem(device.description(), QVariant::fromValue(device));
    device_->setVisible(device_->count() > 0);
    for (int i = 0; i < device_->count(); ++i) {
        if (device_->itemData(i).value<QAudioDevice>() == player_.device())
            device_->setCurrentIndex(i);
    }
}

} // namespace headroom::ui
