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

/// A label that guesses whether its text is rich would show pictures and headings in the names of songs and
/// runs. Tool tips, which are labels too, may be rich: see plain_text.h.
bool guessesItsFormat(const QLabel& label) {
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
    else if (auto* label = qobject_cast<QLabel*>(widget); label != nullptr && guessesItsFormat(*label))
        label->setTextFormat(Qt::PlainText);
}

void HeadroomStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    if (element != CE_FocusFrame)
        return QProxyStyle::drawControl(element, option, painter, widget);
    constexpr double half = ringWidth / 2.0;
    constexpr double round = 4;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    // The application's: that of the frame is of whatever it is in.
    painter->setPen(QPen(QApplication::palette().color(QPalette::Link), ringWidth));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(half, half, -half, -half), round, round);
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
    case SH_Slider_AbsoluteSetButtons: // a click on a groove jumps there
        return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_FocusFrame_AboveWidget: // or else neighbors without a gap would cover it
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace headroom::ui
