// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/reset_button.h"

#include "ui/theme/icon.h"
#include "ui/theme/typography.h"

namespace headroom::ui {

ResetButton::ResetButton(QWidget* parent) : QToolButton(parent) {
    setProperty("flat", true);
    setLayoutDirection(Qt::RightToLeft);
    setIcon(themeIcon(QStringLiteral("revert")));
    setIconSize({em(1), em(1)});
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
}

void ResetButton::setCaption(const QString& caption) {
    setText(caption);
    updateStyle();
}

QSize ResetButton::minimumSizeHint() const {
    return {em(1.6), em(1.5)};
}

void ResetButton::resizeEvent(QResizeEvent* event) {
    QToolButton::resizeEvent(event);
    updateStyle();
}

void ResetButton::updateStyle() {
    const int needed = fontMetrics().horizontalAdvance(text()) + iconSize().width() + em(0.9);
    setToolButtonStyle(needed <= width() ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

} // namespace headroom::ui
