// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/run_readout.h"

#include "ui/plots/legend_symbol.h"
#include "ui/theme/palette.h"

#include <QFontInfo>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace headroom::ui {
namespace {

/// All values as one text, for screen readers.
QString spokenText(const QString& heading, const std::vector<Readout>& charts) {
    QString text = heading;
    for (const Readout& chart : charts) {
        text += QStringLiteral(". ") + chart.title;
        for (const ReadoutLine& line : chart.lines)
            text += QStringLiteral(", ") + line.name + QLatin1Char(' ') + line.value;
    }
    return text;
}

} // namespace

RunReadout::RunReadout(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Values at the cross-hair"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void RunReadout::setPalette(const Palette& palette) {
    palette_ = &palette;
    update();
}

void RunReadout::show(const QString& heading, std::vector<Readout> charts, std::vector<int> tops) {
    heading_ = heading;
    charts_ = std::move(charts);
    tops_ = std::move(tops);
    setAccessibleDescription(spokenText(heading_, charts_));
    update();
}

QSize RunReadout::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 34, fontMetrics().height() * 20};
}

void RunReadout::paintEvent(QPaintEvent*) {
    if (palette_ == nullptr)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette_->faintText);
    painter.setFont(fittingFont());
    painter.drawText(rect().adjusted(0, 0, -2, 0), Qt::AlignTop | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(heading_, Qt::ElideRight, width()));
    const std::vector<int> tops = arrangedTops();
    for (std::size_t i = 0; i < charts_.size(); ++i)
        paintChart(painter, charts_[i], tops[i]);
}

/// The line height of the font, or less if the lines do not fit.
int RunReadout::lineHeight() const {
    double lines = 1; // the heading
    for (const Readout& chart : charts_)
        lines += static_cast<double>(chart.lines.size()) + 1 + 1.0 / 3;
    return std::min(fontMetrics().height() + 2, static_cast<int>(height() / lines));
}

QFont RunReadout::fittingFont() const {
    const int natural = fontMetrics().height() + 2;
    QFont fitting = font();
    if (const int line = lineHeight(); line < natural)
        fitting.setPixelSize(std::max(1, QFontInfo(fitting).pixelSize() * line / natural));
    return fitting;
}

/// Moves overlapping charts apart; the others stay beside their chart.
std::vector<int> RunReadout::arrangedTops() const {
    std::vector<int> tops = tops_;
    const auto heightOf = [&](std::size_t i) {
        return lineHeight() * static_cast<int>(charts_[i].lines.size() + 1) + lineHeight() / 3;
    };
    int free = lineHeight();
    for (std::size_t i = 0; i < tops.size(); ++i) {
        tops[i] = std::max(tops[i], free);
        free = tops[i] + heightOf(i);
    }
    int below = height();
    for (std::size_t i = tops.size(); i-- > 0;) {
        tops[i] = std::min(tops[i], below - heightOf(i));
        below = tops[i];
    }
    return tops;
}

void RunReadout::paintChart(QPainter& painter, const Readout& chart, int top) const {
    const int height = lineHeight();
    const QFont plain = fittingFont();
    QFont bold = plain;
    bold.setBold(true);
    QRect box(0, top, width() - 2, height);
    painter.setFont(bold);
    painter.setPen(palette_->text);
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, chart.title);
    painter.setFont(plain);
    painter.setPen(palette_->faintText);
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignRight, chart.unit);
    const int symbol = height;
    for (const ReadoutLine& line : chart.lines) {
        box.translate(0, height);
        paintLegendSymbol(painter, line.symbol, line.color, {box.left(), box.top(), symbol, height});
        const int value = painter.fontMetrics().horizontalAdvance(line.value);
        painter.setPen(palette_->text);
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignRight, line.value);
        painter.setPen(palette_->secondText);
        const QRect name = box.adjusted(symbol + 4, 0, -value - 6, 0);
        painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(line.name, Qt::ElideRight, name.width()));
    }
}

} // namespace headroom::ui
