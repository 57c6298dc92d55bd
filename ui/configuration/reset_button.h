// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace headroom::ui {

/// The button that resets an option: "was 8" with an undo arrow. It takes the remaining width of its row and
/// retains it while hidden, so that the row keeps its size. If the caption does not fit, only the arrow is
/// shown. GUI thread.
class ResetButton : public QToolButton {
    Q_OBJECT

public:
    explicit ResetButton(QWidget* parent = nullptr);

    void setCaption(const QString& caption);

    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateStyle();
};

} // namespace headroom::ui
