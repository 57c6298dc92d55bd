// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <vector>

namespace headroom::ui {

/// A row of widgets that can be narrower than its widgets: those that do not fit entirely are not shown, last
/// ones first. The owner may hide widgets. GUI thread.
class OverflowRow : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    void addWidget(QWidget* widget);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    std::vector<QWidget*> widgets_;
};

} // namespace headroom::ui
