// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace headroom::ui {

/// A single-line label that elides its text when it is too narrow; the full text is then its tool tip. Its
/// size hint does not depend on the text, so that a new text causes no layout. Screen readers get its
/// accessible name, if set, and its text. GUI thread.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    const QString& text() const { return text_; }
    void setText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString text_;
};

} // namespace headroom::ui
