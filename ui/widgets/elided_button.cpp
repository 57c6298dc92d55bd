// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/elided_button.h"

#include "ui/theme/typography.h"

#include <algorithm>

namespace headroom::ui {

void ElidedButton::setFullText(const QString& text) {
    if (text == full_)
        return;
    full_ = text;
    setAccessibleName(text);
    setToolTip(text);
    updateGeometry();
    updateText();
}

/// Width of the icon, padding and borders.
int ElidedButton::widthWithoutText() const {
    return QPushButton::sizeHint().width() - fontMetrics().horizontalAdvance(text());
}

QSize ElidedButton::sizeHint() const {
    return {fontMetrics().horizontalAdvance(full_) + widthWithoutText() + 1,
            QPushButton::sizeHint().height()};
}

QSize ElidedButton::minimumSizeHint() const {
    return {std::min(sizeHint().width(), em(12)), QPushButton::sizeHint().height()};
}

void ElidedButton::resizeEvent(QResizeEvent* event) {
    QPushButton::resizeEvent(event);
    updateText();
}

void ElidedButton::updateText() {
    const int available = std::max(0, width() - widthWithoutText());
    const QString shown = fontMetrics().elidedText(full_, Qt::ElideRight, available);
    if (shown != text())
        setText(shown);
}

} // namespace headroom::ui
