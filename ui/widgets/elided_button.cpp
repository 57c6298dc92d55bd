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
    arrange();
}

/// Of the icon, and what the style puts around it and the text.
int ElidedButton::around() const {
    return QPushButton::sizeHint().width() - fontMetrics().horizontalAdvance(text());
}

QSize ElidedButton::sizeHint() const {
    return {fontMetrics().horizontalAdvance(full_) + around() + 1, QPushButton::sizeHint().height()};
}

QSize ElidedButton::minimumSizeHint() const {
    return {std::min(sizeHint().width(), em(12)), QPushButton::sizeHint().height()};
}

void ElidedButton::resizeEvent(QResizeEvent* event) {
    QPushButton::resizeEvent(event);
    arrange();
}

void ElidedButton::arrange() {
    const QString shown = fontMetrics().elidedText(full_, Qt::ElideRight, std::max(0, width() - around()));
    if (shown != text())
        setText(shown);
}

} // namespace headroom::ui
