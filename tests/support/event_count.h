// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QEvent>
#include <QObject>

namespace headroom::test {

/// Counts the events of one type that an object receives.
class EventCount : public QObject {
public:
    EventCount(QObject& watched, QEvent::Type type) : type_(type) { watched.installEventFilter(this); }

    int count = 0;

    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == type_ ? 1 : 0;
        return false;
    }

private:
    QEvent::Type type_;
};

} // namespace headroom::test
