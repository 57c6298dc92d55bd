// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/line_label.h"

#include "ui/theme/palette.h"
#include "ui/theme/typography.h"

#include <qcustomplot.h>

namespace headroom::ui {

LineLabel::LineLabel(QCustomPlot& plot, QCPAxisRect& rect, QCPAxis& values) : item_(new QCPItemText(&plot)) {
    item_->setClipAxisRect(&rect);
    item_->setClipToAxisRect(true);
    item_->setSelectable(false);
    item_->position->setAxisRect(&rect);
    item_->position->setAxes(rect.axis(QCPAxis::atBottom), &values);
    item_->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    item_->position->setTypeY(QCPItemPosition::ptPlotCoords);
    hide();
}

void LineLabel::show(const QString& text, double height, Side side, const Palette& palette) {
    item_->setText(text);
    item_->setFont(textFont(TextSize::Small));
    item_->setColor(palette.secondText);
    QColor background = palette.plot;
    background.setAlphaF(0.7F); // the label may cover curves
    item_->setBrush(background);
    item_->setPadding({em(0.3), em(0.1), em(0.3), em(0.1)});
    item_->setPositionAlignment(Qt::AlignRight | (side == Side::Above ? Qt::AlignBottom : Qt::AlignTop));
    item_->position->setCoords(1, height);
    item_->setVisible(true);
}

void LineLabel::hide() {
    item_->setVisible(false);
}

} // namespace headroom::ui
