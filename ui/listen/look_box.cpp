// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/look_box.h"

#include "ui/listen/color_scale.h"
#include "ui/theme/typography.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

/// Indices of the representations.
enum What { Both, Waveform, Spectrogram };

} // namespace

LookBox::LookBox(QWidget* parent)
    : QWidget(parent), what_(new QComboBox), scale_(new QComboBox), floor_(new QComboBox),
      colors_(new ColorScale) {
    const LaneLook defaults;
    what_->addItems({tr("Both"), tr("Waveform"), tr("Spectrogram")});
    what_->setAccessibleName(tr("Contents of the lanes"));
    scale_->addItems({tr("Linear"), tr("Log"), tr("Mel")});
    scale_->setCurrentIndex(static_cast<int>(defaults.scale));
    scale_->setAccessibleName(tr("Frequency scale"));
    for (const int decibels : {-60, -72, -84, -96, -120})
        floor_->addItem(tr("%1 dB").arg(QString::number(decibels).replace('-', QChar(0x2212))), decibels);
    floor_->setCurrentIndex(floor_->findData(static_cast<int>(defaults.floor)));
    floor_->setAccessibleName(tr("Lowest level of the spectrogram"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(em(0.4));
    for (QComboBox* box : {what_, scale_, floor_}) {
        box->setFocusPolicy(Qt::TabFocus);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        constexpr int letters = 4;
        box->setMinimumContentsLength(letters);
        row->addWidget(box, 1);
        connect(box, &QComboBox::activated, this, &LookBox::refresh);
    }
    column->addLayout(row);
    column->addWidget(colors_);
    refresh();
}

void LookBox::refresh() {
    const LaneLook chosen = look();
    scale_->setEnabled(chosen.spectrogram);
    floor_->setEnabled(chosen.spectrogram);
    colors_->setVisible(chosen.spectrogram);
    colors_->setFloor(chosen.floor);
    Q_EMIT changed(chosen);
}

LaneLook LookBox::look() const {
    return {.waveform = what_->currentIndex() != Spectrogram,
            .spectrogram = what_->currentIndex() != Waveform,
            .scale = static_cast<FrequencyScale>(scale_->currentIndex()),
            .floor = floor_->currentData().toDouble()};
}

} // namespace headroom::ui
