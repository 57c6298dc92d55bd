// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/headroom_style.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace headroom::ui {
namespace {

constexpr int ringWidth = 2;

/// With Qt::AutoText, a song or run name that contains markup would be rendered as rich text. Tool tips,
/// which are labels too, may be rich text: see plain_text.h.
bool detectsRichText(const QLabel& label) {
    return label.textFormat() == Qt::AutoText && !label.inherits("QTipLabel");
}

} // namespace

HeadroomStyle::HeadroomStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

/// Called for every widget before it is shown.
void HeadroomStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->setTabKeyNavigation(false);
    else if (auto* text = qobject_cast<QTextEdit*>(widget))
        text->setTabChangesFocus(true);
    else if (auto* plain = qobject_cast<QPlainTextEdit*>(widget))
        plain->setTabChangesFocus(true);
    else if (auto* label = qobject_cast<QLabel*>(widget); label != nullptr && detectsRichText(*label))
        label->setTextFormat(Qt::PlainText);
}

void HeadroomStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    if (element != CE_FocusFrame)
        return QProxyStyle::drawControl(element, option, painter, widget);
    constexpr double half = ringWidth / 2.0;
    constexpr double radius = 4;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    // The frame inherits the palette of its parent widget, so use the application's.
    painter->setPen(QPen(QApplication::palette().color(QPalette::Link), ringWidth));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(half, half, -half, -half), radius, radius);
    painter->restore();
}

int HeadroomStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    if (metric == PM_FocusFrameHMargin || metric == PM_FocusFrameVMargin)
        return ringWidth;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int HeadroomStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* data) const {
    switch (hint) {
    case SH_Slider_AbsoluteSetButtons: // a click on the groove moves the handle there
        return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_DialogButtonBox_ButtonsHaveIcons: // those of the desktop are in other colors
        return 0;
    case SH_FocusFrame_AboveWidget: // otherwise adjacent widgets would cover it
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace headroom::ui
