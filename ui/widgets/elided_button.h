// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace headroom::ui {

/// A button that elides its text when it is too narrow. The full text is its tool tip and accessible name.
/// GUI thread.
class ElidedButton : public QPushButton {
    Q_OBJECT

public:
    using QPushButton::QPushButton;

    void setFullText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int widthWithoutText() const;
    void updateText();

    QString full_;
};

} // namespace headroom::ui
