// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/sanity_dialog.h"

#include "core/support/error.h"
#include "ui/accessibility/announcer.h"
#include "ui/theme/typography.h"
#include "ui/training/sanity_minute.h"
#include "ui/widgets/heading.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

/// "5.31"
QString decibels(double value) {
    return QLocale().toString(value, 'f', 2);
}

} // namespace

SanityDialog::SanityDialog(SanityMinute& minute, QWidget* parent)
    : QDialog(parent), minute_(minute), verdict_(heading({})), detail_(new QLabel), bar_(new QProgressBar) {
    setWindowTitle(tr("Sanity minute"));
    setMinimumWidth(em(40));
    for (QLabel* label : {verdict_, detail_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    bar_->setAccessibleName(tr("Progress"));
    bar_->setTextVisible(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    again_ = buttons->addButton(tr("Again"), QDialogButtonBox::ActionRole);
    again_->setToolTip(tr("Repeat it with the configuration as it is now"));
    stop_ = buttons->addButton(tr("Stop"), QDialogButtonBox::ActionRole);
    connect(again_, &QPushButton::clicked, &minute_, &SanityMinute::start);
    connect(stop_, &QPushButton::clicked, &minute_, &SanityMinute::stop);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, &minute_, &SanityMinute::stop);
    auto* column = new QVBoxLayout(this);
    column->addWidget(verdict_);
    column->addWidget(detail_, 1);
    column->addWidget(bar_);
    column->addWidget(buttons);
    connect(&minute_, &SanityMinute::changed, this, &SanityDialog::update);
    update();
}

void SanityDialog::update() {
    const bool running = minute_.running();
    again_->setVisible(!running);
    stop_->setVisible(running);
    stop_->setEnabled(!minute_.stopping());
    bar_->setVisible(running);
    constexpr int whole = 1000;
    const auto share = minute_.share();
    bar_->setRange(0, share ? whole : 0); // without an end: it moves
    bar_->setValue(static_cast<int>(share.value_or(0) * whole));
    verdict_->setText(verdict());
    detail_->setText(detail());
    if (!running && isVisible())
        announce(*this, verdict_->text());
}

QString SanityDialog::verdict() const {
    if (minute_.running())
        return minute_.stopping() ? tr("Stopping after this step…")
                                  : tr("A model memorizes one segment of a song…");
    if (minute_.problem())
        return tr("The sanity minute could not run");
    const auto& result = minute_.result();
    if (!result)
        return {};
    if (result->learned)
        return tr("All is well: the model has memorized the segment");
    if (result->stopped)
        return tr("Stopped before the model had memorized the segment");
    // Large models on slow devices.
    if (!result->progress.empty() && result->progress.back().step < minute_.steps() / 2)
        return tr("A minute was too short for the model to memorize the segment");
    return tr("The model has not memorized the segment: a run would fail, too");
}

QString SanityDialog::detail() const {
    if (minute_.problem())
        return QString::fromStdString(minute_.problem()->message());
    const auto& result = minute_.result();
    if (!result) {
        const auto& progress = minute_.progress();
        if (!progress)
            return tr("With batches of one and without augmentation, for at most a minute. Nothing is "
                      "written to disk.");
        return tr("Step %1 of %2, loss %3, uSDR %4 dB; the goal is %5 dB")
            .arg(QString::number(progress->step), QString::number(minute_.steps()),
                 QLocale().toString(progress->loss, 'f', 4), decibels(progress->sdr),
                 QLocale().toString(overfitGoal, 'f', 0));
    }
    QStringList lines = {
        tr("%1, %2 s from second %3 on, on %4")
            .arg(QString::fromStdString(result->song), QLocale().toString(result->seconds, 'f', 1),
                 QLocale().toString(result->begin, 'f', 1), QString::fromStdString(result->device))};
    for (std::size_t i = 0; i < result->sdr.size(); ++i)
        lines
            << tr("%1: uSDR %2 dB").arg(QString::fromStdString(result->targets[i]), decibels(result->sdr[i]));
    for (const std::string& finding : result->findings)
        lines << QString::fromStdString(finding);
    return lines.join(QLatin1Char('\n'));
}

} // namespace headroom::ui
