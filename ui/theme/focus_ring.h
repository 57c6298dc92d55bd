// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace headroom::ui {

/// Draws a ring around the widget with the keyboard focus, in all windows of the program and also around
/// custom-painted widgets. No hovered, checked or pressed control looks like it. GUI thread.
class FocusRing : public QObject {
    Q_OBJECT

public:
    explicit FocusRing(QObject* parent);
    ~FocusRing() override;

private:
    void follow(QWidget* focus);

    QPointer<QFocusFrame> frame_; ///< deleted with its parent window
};

} // namespace headroom::ui
