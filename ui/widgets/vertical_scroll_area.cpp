// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/vertical_scroll_area.h"

#include "ui/theme/typography.h"

#include <QEvent>
#include <QScrollBar>

namespace headroom::ui {

VerticalScrollArea::VerticalScrollArea(QWidget* content, QWidget* parent) : QScrollArea(parent) {
    content->setObjectName(QStringLiteral("content"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Expanding);
    setWidget(content);
}

QSize VerticalScrollArea::minimumSizeHint() const {
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), em(10)};
}

QSize VerticalScrollArea::sizeHint() const {
    return minimumSizeHint().expandedTo({em(27), em(40)});
}

bool VerticalScrollArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateMinimumWidth();
    return QScrollArea::eventFilter(watched, event);
}

/// Only if the width has changed, because updateGeometry() lays out the whole window.
void VerticalScrollArea::updateMinimumWidth() {
    const int width = minimumSizeHint().width();
    if (width == lastMinimumWidth_)
        return;
    lastMinimumWidth_ = width;
    updateGeometry();
}

} // namespace headroom::ui
