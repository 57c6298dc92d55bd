#include "ui/configuration/reset_button.h"

#include "ui/theme/icon.h"
#include "ui/theme/typography.h"

namespace headroom::ui {

WayBackButton::WayBackButton(QWidget* parent) : QToolButton(parent) {
    setProperty("flat", true);
    setLayoutDirection(Qt::RightToLeft);
    setIcon(themeIcon(QStringLiteral("revert")));
    setIconSize({em(1), em(1)});
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
}

void WayBackButton::setWords(const QString& words) {
    setText(words);
    arrange();
}

QSize WayBackButton::minimumSizeHint() const {
    return {em(1.6), em(1.5)};
}

void WayBackButton::resizeEvent(QResizeEvent* event) {
    QToolButton::resizeEvent(event);
    arrange();
}

void WayBackButton::arrange() {
    const int needed = fontMetrics().horizontalAdvance(text()) + iconSize().width() + em(0.9);
    setToolButtonStyle(needed <= width() ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

} // namespace headroom::ui
