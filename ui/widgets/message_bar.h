// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;

namespace headroom::ui {

/// An error message or a notice as a bar inside the page: what is wrong and what to do, with details to copy.
/// Hidden while there is no message. GUI thread.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// @param remedy what to do; may be empty
    void show(const QString& headline, const QString& remedy, const QString& details);
    /// Nothing is wrong, but worth to know.
    void showNotice(const QString& text);
    void clear() { setVisible(false); }

private:
    QLabel* text_;
    QString details_;
};

} // namespace headroom::ui
