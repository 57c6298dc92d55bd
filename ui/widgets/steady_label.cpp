// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/steady_label.h"

#include "ui/accessibility/accessible_label.h"

#include <QEvent>

namespace headroom::ui {

void SteadyLabel::showText(const QString& text) {
    if (text == this->text())
        return;
    setText(text);
    notifyTextChanged(*this);
    // sizeHint() is at least the current minimum size. For a widget of fixed size, Qt keeps the layout.
    if (const QSize wanted = sizeHint(); wanted != minimumSize())
        setFixedSize(wanted);
}

/// Discards the fixed size, which was computed with the old font.
void SteadyLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() != QEvent::FontChange || maximumSize() != minimumSize())
        return;
    setMinimumSize(0, 0);
    setFixedSize(sizeHint());
}

} // namespace headroom::ui
