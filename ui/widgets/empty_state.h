// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headroom::ui {

/// Placeholder of a page without content: an explanation and buttons for the first actions. GUI thread.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString& headline, QWidget* parent = nullptr);

    void setText(const QString& text);
    /// Appends a button; takes ownership.
    void add(QPushButton* button);

private:
    QLabel* text_;
    QHBoxLayout* buttons_;
};

} // namespace headroom::ui
