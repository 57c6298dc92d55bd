#include "ui/accessibility/notification.h"

#include <QAccessible>

namespace headroom::ui {

Notification::Notification(QWidget& window) : QWidget(&window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(0, 0, 1, 1); // one that is hidden is not read
    show();
}

Notification& Notification::in(QWidget& window) {
    auto* found = window.findChild<Notification*>(QString(), Qt::FindDirectChildrenOnly);
    return found != nullptr ? *found : *new Notification(window);
}

void Notification::say(const QString& message) {
    setAccessibleName(message);
    QAccessibleEvent appeared(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&appeared);
}

} // namespace headroom::ui
