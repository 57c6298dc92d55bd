#include "ui/listen/sdr_row.h"

#include "ui/listen/listen_model.h"
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

SdrRow::SdrRow(ListenModel& model, TimeAxis& axis, const Theme& theme, int headWidth, QWidget* parent)
    : QWidget(parent), model_(model), strip_(new SdrStrip(axis, theme)), medians_(new QLabel),
      worst_(makeButton(QStringLiteral("target"), tr("Loop 3 s around the worst second (W)"))),
      table_(makeButton(QStringLiteral("table"), tr("SDR and levels of each second, as numbers"))) {
    table_->setText(tr("Table"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeHead(headWidth));
    row->addWidget(strip_, 1);
    connect(worst_, &QToolButton::clicked, this, &SdrRow::worstRequested);
    connect(table_, &QToolButton::clicked, this, &SdrRow::showTable);
    connect(static_cast<TimeView*>(strip_), &TimeView::seekRequested, this, &SdrRow::seekRequested);
    connect(&model_, &ListenModel::measuresChanged, this, &SdrRow::refresh);
    connect(&model_, &ListenModel::mixChanged, this, &SdrRow::refresh);
    refresh();
}

QWidget* SdrRow::makeHead(int width) {
    auto* head = new QWidget;
    head->setFixedWidth(width);
    auto* words = new QVBoxLayout(head);
    words->setContentsMargins(em(0.8), em(0.4), em(0.7), em(0.4));
    words->setSpacing(em(0.3));
    medians_->setFont(textFont(TextSize::Small));
    medians_->setProperty("second", true);
    medians_->setToolTip(tr("The median over the seconds of the song"));
    words->addWidget(heading(tr("SDR by second")));
    words->addWidget(medians_);
    words->addWidget(worst_, 0, Qt::AlignLeft);
    words->addWidget(table_, 0, Qt::AlignLeft);
    words->addStretch(1);
    return head;
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

void SdrRow::refresh() {
    const bool blind = model_.isBlind();
    const int heard = blind ? 0 : model_.heardSlot();
    strip_->show({model_.measures(0).sdr(), model_.measures(1).sdr()}, heard, blind);
    const bool any = model_.measures(0).sdr() || model_.measures(1).sdr();
    setVisible(any);
    QStringList medians;
    for (const int which : {0, 1}) {
        const auto& sdr = model_.measures(which).sdr();
        if (sdr && sdr->cSdr)
            medians << QStringLiteral("%1 %2").arg(QChar("AB"[which])).arg(decibelText(*sdr->cSdr));
    }
    medians_->setText(blind ? tr("hidden while X is heard")
                            : tr("cSDR: %1 dB").arg(medians.join(QStringLiteral(", "))));
    const auto second = worst();
    worst_->setVisible(second.has_value());
    table_->setVisible(any && !blind);
    if (second)
        worst_->setText(tr("Worst second, %1").arg(timeText(*second, 0)));
}

void SdrRow::showTable() {
    const TextTable table = secondsTable({model_.measures(0).sdr(), model_.measures(1).sdr()});
    (new TableDialog(tr("SDR by second"), table, this))->show();
}

} // namespace headroom::ui
