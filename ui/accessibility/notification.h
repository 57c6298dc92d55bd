#pragma once

#include <QWidget>

namespace headroom::ui {

/// Announcements for Qt before 6.8, which has none: a notification in the window that "appears" with each
/// message, as screen readers read those out. Nothing of it is seen. GUI thread.
class Notification : public QWidget {
    Q_OBJECT

public:
    /// The one of a window, made with the first message.
    static Notification& in(QWidget& window);

    void say(const QString& message);

private:
    explicit Notification(QWidget& window);
};

} // namespace headroom::ui
