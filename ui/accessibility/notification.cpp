// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accessibility/notification.h"

#include <QAccessible>

namespace headroom::ui {

Notification::Notification(QWidget& window) : QWidget(&window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(0, 0, 1, 1); // screen readers ignore hidden widgets
    show();
}

Notification& Notification::in(QWidget& window) {
    auto* found = window.findChild<Notification*>(QString(), Qt::FindDirectChildrenOnly);
    return found != nullptr ? *found : *new Notification(window);
}

void Notification::announce(const QString& message) {
    setAccessibleName(message);
    QAccessibleEvent shown(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&shown);
}

} // namespace headroom::ui
