// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/page_stack.h"

namespace headroom::ui {

PageStack::PageStack(QWidget* parent) : QStackedWidget(parent) {
    connect(this, &QStackedWidget::currentChanged, this, &QWidget::updateGeometry);
}

QSize PageStack::sizeHint() const {
    return currentWidget() != nullptr ? currentWidget()->sizeHint() : QStackedWidget::sizeHint();
}

QSize PageStack::minimumSizeHint() const {
    const QWidget* page = currentWidget();
    return page != nullptr ? page->minimumSizeHint().expandedTo(page->minimumSize())
                           : QStackedWidget::minimumSizeHint();
}

} // namespace headroom::ui
