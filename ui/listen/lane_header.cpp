// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_header.h"

#include "ui/listen/gain_slider.h"
#include "ui/listen/level_meter.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

namespace headroom::ui {
namespace {

QToolButton* letterButton(const QString& letter, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setText(letter);
    button->setCheckable(true);
    button->setProperty("button", true);
    button->setFixedSize(em(1.9), em(1.7));
    button->setStyleSheet(QStringLiteral("padding: 0"));
    return button;
}

} // namespace

LaneHeader::LaneHeader(const Theme& theme, int number, QWidget* parent)
    : QWidget(parent), theme_(theme), title_(new QLabel(this)), detail_(new QLabel(this)),
      gainText_(new QLabel(this)), solo_(letterButton(tr("S"), this)), mute_(letterButton(tr("M"), this)),
      gain_(new GainSlider(this)), meter_(new LevelMeter(theme, this)) {
    title_->setFont(textFont(TextSize::Body, QFont::Bold));
    detail_->setFont(textFont(TextSize::Small));
    detail_->setProperty("second", true);
    gainText_->setFont(textFont(TextSize::Small));
    gainText_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    gainText_->setMinimumWidth(em(4));
    gain_->setMinimumWidth(em(4));
    auto* key = new QLabel(number <= 9 ? QString::number(number) : QString(), this);
    key->setFont(textFont(TextSize::Small));
    key->setProperty("faint", true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(em(0.8), em(0.3), em(0.7), em(0.3));
    grid->setHorizontalSpacing(em(0.4));
    grid->setVerticalSpacing(em(0.15));
    grid->addWidget(title_, 0, 0, 1, 3);
    grid->addWidget(key, 0, 3, Qt::AlignRight);
    grid->addWidget(detail_, 1, 0, 1, 4);
    grid->addWidget(solo_, 2, 0);
    grid->addWidget(mute_, 2, 1);
    grid->addWidget(gain_, 2, 2);
    grid->addWidget(gainText_, 2, 3);
    grid->addWidget(meter_, 3, 0, 1, 4);
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(4, 1);
    connect(solo_, &QToolButton::clicked, this, &LaneHeader::soloToggled);
    connect(mute_, &QToolButton::clicked, this, &LaneHeader::muteToggled);
    connect(gain_, &QSlider::valueChanged, this, [this] { Q_EMIT gainChanged(gain_->decibels()); });
}

std::array<QWidget*, 3> LaneHeader::controls() const {
    return {solo_, mute_, gain_};
}

void LaneHeader::show(const Lane& lane, const QString& detail) {
    const QString name = laneTitle(lane);
    title_->setText(name);
    detail_->setText(detail);
    solo_->setChecked(lane.solo);
    solo_->setToolTip(tr("Solo: play only soloed lanes (S)"));
    solo_->setAccessibleName(tr("Solo, %1").arg(name));
    mute_->setChecked(lane.mute);
    mute_->setToolTip(tr("Mute (M)"));
    mute_->setAccessibleName(tr("Mute, %1").arg(name));
    const QSignalBlocker quiet(gain_);
    gain_->setDecibels(lane.gain);
    gain_->setAccessibleName(tr("Gain of %1").arg(name));
    gain_->setToolTip(tr("Gain (+ and -); double-click the lane header to reset"));
    gainText_->setText(gain_->valueText());
    setAccessibleName(name);
}

void LaneHeader::setCurrent(bool current) {
    current_ = current;
    update();
}

void LaneHeader::mousePressEvent(QMouseEvent*) {
    Q_EMIT chosen();
}

void LaneHeader::mouseDoubleClickEvent(QMouseEvent*) {
    Q_EMIT gainChanged(0);
}

void LaneHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.palette().panel);
    if (current_)
        painter.fillRect(0, 0, 3, height(), theme_.palette().accent);
}

} // namespace headroom::ui
