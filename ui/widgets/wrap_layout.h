// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLayout>

#include <vector>

namespace headroom::ui {

/// A row that continues on the next line when the minimum widths of its items do not fit. Items of a line
/// grow to their size hints; the rest of the line goes to expanding items and stretches. GUI thread.
class WrapLayout : public QLayout {
    Q_OBJECT

public:
    explicit WrapLayout(QWidget* parent = nullptr);
    ~WrapLayout() override;

    void insertWidget(int index, QWidget* widget);
    void addStretch();

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override; ///< of one line
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Line {
        std::vector<QLayoutItem*> items;
        int minimum = 0; ///< width with spacing
        int height = 0;
    };
    std::vector<Line> lines(int width) const;
    int heightOf(const std::vector<Line>& lines) const;
    void place(const Line& line, const QRect& area) const;

    std::vector<QLayoutItem*> items_;
};

} // namespace headroom::ui
