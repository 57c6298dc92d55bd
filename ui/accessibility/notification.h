// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace headroom::ui {

/// Announcements for Qt before 6.8, which has no announcement event. An invisible widget with the role
/// Notification reports ObjectShow for each message, and screen readers then read its name. GUI thread.
class Notification : public QWidget {
    Q_OBJECT

public:
    /// The notification of a window, created on first use.
    static Notification& in(QWidget& window);

    void announce(const QString& message);

private:
    explicit Notification(QWidget& window);
};

} // namespace headroom::ui
