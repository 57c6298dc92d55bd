// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/memory_tree.h"

#include <QWidget>

#include <vector>

namespace headroom::ui {

class Theme;

/// Live memory by module as an icicle: the widths of boxes are bytes, and below each box are those of its
/// parts. A click or Enter fills the width with a box, a click on a box above it or Esc goes back. Arrow keys
/// select a box, whose description screen readers read out. GUI thread.
class FlameGraph : public QWidget {
    Q_OBJECT

public:
    explicit FlameGraph(const Theme& theme, QWidget* parent = nullptr);

    /// Shows another tree. The box that fills the width stays if the new tree has it.
    void setTree(MemoryNode root);

    QSize sizeHint() const override;
    /// High enough for all levels of the tree: put it into a scroll area.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selected(const QRect& box);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    static constexpr int none = -1;

    struct Box {
        QRectF rect;
        const MemoryNode* node; ///< in root_
        int parent;             ///< index in boxes_; `none` for the root
    };

    void layOut();
    void layOutChildren(int parent, int level);
    int add(const MemoryNode& node, const QRectF& rect, int parent);
    double rowHeight() const;
    int boxAt(const QPointF& point) const;
    void select(int box);
    void moveSelection(int direction);
    void zoom(int box);
    std::vector<const MemoryNode*> zoomedNodes() const;
    std::vector<int> pathTo(int box) const;
    QString name(const MemoryNode& node) const;
    QString text(int box) const;
    void paintBox(QPainter& painter, int box) const;

    const Theme& theme_;
    MemoryNode root_;
    int levels_ = 1;              ///< of the tree
    std::vector<QString> zoomed_; ///< names from below the root to the box that fills the width
    std::vector<Box> boxes_;      ///< the drawn ones, parents first
    int selected_ = none;
};

} // namespace headroom::ui
