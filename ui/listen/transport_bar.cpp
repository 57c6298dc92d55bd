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
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace headroom::ui {

TransportBar::TransportBar(ListenModel& model, Player& player, TimeAxis& axis, QWidget* parent)
    : QWidget(parent), model_(model), player_(player), axis_(axis),
      start_(button(QStringLiteral("to-start"), tr("To the start (Home)"))),
      play_(button(QStringLiteral("play"), tr("Play or pause (Space)"))),
      stop_(button(QStringLiteral("stop"), tr("Stop"))),
      loop_(button(QStringLiteral("loop"), tr("Loop (L)"))), clock_(new SteadyLabel), range_(new QLabel),
      mix_(new ElidedLabel), trouble_(new ElidedLabel), device_(new QComboBox),
      volume_(new QSlider(Qt::Horizontal)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(em(0.8), em(0.5), em(0.8), em(0.5));
    row->setSpacing(em(0.5));
    loop_->setCheckable(true);
    loop_->setChecked(true);
    clock_->setFont(textFont(TextSize::Clock, QFont::Bold));
    clock_->setMinimumWidth(em(7));
    clock_->setAccessibleName(tr("Position"));
    range_->setProperty("second", true);
    mix_->setProperty("second", true);
    trouble_->setProperty("bad", true);
    for (QToolButton* one : {start_, play_, stop_, loop_})
        row->addWidget(one);
    row->addSpacing(em(1));
    row->addWidget(clock_);
    row->addWidget(range_);
    row->addSpacing(em(1));
    for (const auto which : {ListenModel::A, ListenModel::B, ListenModel::X}) {
        auto*& one = heard_[which];
        one = new QPushButton(QString(QChar("ABX"[which])));
        one->setCheckable(true);
        one->setFocusPolicy(Qt::TabFocus);
        one->setAccessibleName(tr("Hear %1").arg(one->text()));
        one->setToolTip(which == ListenModel::X ? tr("A or B, hidden (X)")
                                                : tr("Hear %1 (%1)").arg(one->text()));
        row->addWidget(one);
        connect(one, &QPushButton::clicked, this, [this, which] {
            model_.hear(which);
            refreshMix();
        });
    }
    row->addWidget(mix_, 1);
    row->addWidget(trouble_, 2);
    row->addWidget(device_);
    row->addWidget(volume_);
    device_->setAccessibleName(tr("Sound device"));
    device_->setFocusPolicy(Qt::TabFocus);
    volume_->setRange(0, 100);
    volume_->setValue(100);
    volume_->setFixedWidth(em(7));
    volume_->setFocusPolicy(Qt::TabFocus);
    volume_->setAccessibleName(tr("Volume"));
    volume_->setToolTip(tr("Volume"));
    connect(start_, &QToolButton::clicked, this, &TransportBar::toStart);
    connect(play_, &QToolButton::clicked, this, &TransportBar::playToggled);
    connect(stop_, &QToolButton::clicked, this, &TransportBar::stopped);
    connect(loop_, &QToolButton::clicked, this, &TransportBar::loopToggled);
    connect(volume_, &QSlider::valueChanged, this, [this](int value) { player_.setVolume(value / 100.0); });
    connect(device_, &QComboBox::activated, this,
            [this](int index) { player_.setDevice(device_->itemData(index).value<QAudioDevice>()); });
    connect(&player_, &Player::devicesChanged, this, &TransportBar::refreshDevices);
    connect(&player_, &Player::moved, this, &TransportBar::refresh);
    connect(&axis_, &TimeAxis::playHeadMoved, this, &TransportBar::refresh);
    connect(&axis_, &TimeAxis::selectionChanged, this, &TransportBar::refresh);
    connect(&model_, &ListenModel::mixChanged, this, &TransportBar::refreshMix);
    refresh();
    refreshMix();
    refreshDevices();
}

QToolButton* TransportBar::button(const QString& icon, const QString& name) {
    auto* one = new QToolButton(this);
    one->setProperty("button", true);
    one->setIcon(themeIcon(icon));
    one->setToolTip(name);
    one->setAccessibleName(name);
    one->setFocusPolicy(Qt::TabFocus);
    return one;
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
    clock_->say(timeText(static_cast<double>(axis_.playHead()) / rate, 3));
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
    QStringList sounding;
    for (const Lane& lane : model_.lanes()) {
        if (isAudible(lane, model_.lanes()))
            sounding << laneTitle(lane);
    }
    mix_->setText(sounding.isEmpty() ? QString() : tr("Heard: %1").arg(sounding.join(QStringLiteral(" + "))));
}

void TransportBar::refreshDevices() {
    const bool works = player_.trouble().isEmpty();
    play_->setEnabled(!player_.device().isNull());
    play_->setToolTip(works ? tr("Play or pause (Space)") : plainToolTip(player_.trouble()));
    trouble_->setVisible(!works);
    trouble_->setText(
        works ? QString() : tr("%1. Playback is unavailable; everything else works.").arg(player_.trouble()));
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
