#pragma once

#include <QStyle>
#include <QWidget>

namespace headroom::ui {

/// Sets a property that the style sheet asks about, and has the widget drawn by it.
inline void setLook(QWidget& widget, const char* property, bool on) {
    if (widget.property(property).toBool() == on)
        return;
    widget.setProperty(property, on);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace headroom::ui
