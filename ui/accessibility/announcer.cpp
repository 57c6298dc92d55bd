// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accessibility/announcer.h"

#include "ui/accessibility/notification.h"

#include <QAccessible>
#include <QWidget>

namespace headroom::ui {

void announce(QWidget& source, const QString& message) {
    if (message.isEmpty())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(&source, message);
    QAccessible::updateAccessibility(&event);
#else
    Notification::in(*source.window()).announce(message);
#endif
}

} // namespace headroom::ui
