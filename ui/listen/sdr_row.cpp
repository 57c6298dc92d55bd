// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/sdr_row.h"

#include "ui/listen/listen_model.h"
#include "ui/listen/sdr_scale.h"
#include "ui/listen/sdr_strip.h"
#include "ui/listen/seconds_table.h"
#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/table_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headroom::ui {

SdrRow::SdrRow(ListenModel& model, TimeAxis& axis, const Theme& theme, int headerWidth, QWidget* parent)
    : QWidget(parent), model_(model), strip_(new SdrStrip(axis, theme)), medians_(new QLabel),
      worst_(makeButton(QStringLiteral("target"), tr("Loop 3 s around the worst second (W)"))),
      table_(makeButton(QStringLiteral("table"), tr("SDR and levels of each second, as a table"))) {
    table_->setText(tr("Table"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* scale = new SdrScale(*strip_, theme);
    row->addWidget(makeHeader(headerWidth - scale->width()));
    row->addWidget(scale);
    row->addWidget(strip_, 1);
    connect(worst_, &QToolButton::clicked, this, &SdrRow::worstRequested);
    connect(table_, &QToolButton::clicked, this, &SdrRow::showTable);
    connect(static_cast<TimeView*>(strip_), &TimeView::seekRequested, this, &SdrRow::seekRequested);
    connect(&model_, &ListenModel::meteringChanged, this, &SdrRow::refresh);
    connect(&model_, &ListenModel::mixChanged, this, &SdrRow::refresh);
    refresh();
}

QWidget* SdrRow::makeHeader(int width) {
    auto* header = new QWidget;
    header->setFixedWidth(width);
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(em(0.8), em(0.4), em(0.7), em(0.4));
    column->setSpacing(em(0.3));
    medians_->setFont(textFont(TextSize::Small));
    medians_->setProperty("second", true);
    medians_->setToolTip(tr("Median over the seconds of the song"));
    column->addWidget(heading(tr("SDR by second")));
    column->addWidget(medians_);
    column->addWidget(worst_, 0, Qt::AlignLeft);
    column->addWidget(table_, 0, Qt::AlignLeft);
    column->addStretch(1);
    return header;
}

QToolButton* SdrRow::makeButton(const QString& icon, const QString& toolTip) {
    auto* button = new QToolButton;
    button->setProperty("button", true);
    button->setIcon(themeIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(toolTip);
    return button;
}

std::optional<std::int64_t> SdrRow::worst() const {
    return model_.isBlind() ? std::nullopt : std::optional<std::int64_t>(strip_->worst());
}

bool SdrRow::isGroundTruth(int which) const {
    return model_.slot(which).source().kind == ListenSource::Kind::GroundTruth;
}

/// Absent for the ground truth, whose SDR is infinite.
std::optional<SdrAnswer> SdrRow::scores(int which) const {
    return isGroundTruth(which) ? std::nullopt : model_.metering(which).sdr();
}

QString SdrRow::mediansText() const {
    QStringList medians;
    for (const int which : {0, 1}) {
        const auto sdr = scores(which);
        if (sdr && sdr->cSdr)
            medians << QStringLiteral("%1 %2").arg(QChar("AB"[which])).arg(decibelText(*sdr->cSdr));
    }
    return medians.isEmpty() ? QString() : tr("cSDR: %1 dB").arg(medians.join(QStringLiteral(", ")));
}

void SdrRow::refresh() {
    const bool blind = model_.isBlind();
    const int heard = blind ? 0 : model_.heardSlot();
    strip_->show({{{scores(0), isGroundTruth(0)}, {scores(1), isGroundTruth(1)}}}, heard, blind);
    const bool any = scores(0) || scores(1);
    setVisible(any);
    medians_->setText(blind ? tr("hidden while X plays") : mediansText());
    const auto second = worst();
    worst_->setVisible(second.has_value());
    table_->setVisible(any && !blind);
    if (second)
        worst_->setText(tr("Worst second, %1").arg(timeText(*second, 0)));
}

void SdrRow::showTable() {
    (new TableDialog(tr("SDR by second"), secondsTable({scores(0), scores(1)}), this))->show();
}

} // namespace headroom::ui
