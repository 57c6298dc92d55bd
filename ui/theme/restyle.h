// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyle>
#include <QWidget>

namespace headroom::ui {

/// Sets a boolean property that the style sheet selects on, and repolishes the widget.
inline void setStyleProperty(QWidget& widget, const char* property, bool on) {
    if (widget.property(property).toBool() == on)
        return;
    widget.setProperty(property, on);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace headroom::ui
