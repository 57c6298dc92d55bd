#include "ui/listen/look_box.h"

#include "ui/theme/typography.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace headroom::ui {
namespace {

/// Places of the list of what lanes show.
enum What { Both, Waveform, Spectrogram };

} // namespace

LookBox::LookBox(QWidget* parent)
    : QWidget(parent), what_(new QComboBox), scale_(new QComboBox), floor_(new QComboBox) {
    const LaneLook usual;
    what_->addItems({tr("Both"), tr("Waveform"), tr("Spectrogram")});
    what_->setAccessibleName(tr("What lanes show"));
    scale_->addItems({tr("Linear"), tr("Log"), tr("Mel")});
    scale_->setCurrentIndex(static_cast<int>(usual.scale));
    scale_->setAccessibleName(tr("Frequency scale"));
    for (const int decibels : {-60, -72, -84, -96, -120})
        floor_->addItem(tr("%1 dB").arg(QString::number(decibels).replace('-', QChar(0x2212))), decibels);
    floor_->setCurrentIndex(floor_->findData(static_cast<int>(usual.floor)));
    floor_->setAccessibleName(tr("Quietest level of the spectrogram"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(em(0.4));
    for (QComboBox* one : {what_, scale_, floor_}) {
        one->setFocusPolicy(Qt::TabFocus);
        row->addWidget(one);
        connect(one, &QComboBox::activated, this, [this] { Q_EMIT changed(look()); });
    }
}

LaneLook LookBox::look() const {
    return {.waveform = what_->currentIndex() != Spectrogram,
            .spectrogram = what_->currentIndex() != Waveform,
            .scale = static_cast<FrequencyScale>(scale_->currentIndex()),
            .floor = floor_->currentData().toDouble()};
}

} // namespace headroom::ui
