// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/flame_graph.h"

#include "ui/memory/card_use.h"
#include "ui/text/memory_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace headroom::ui {

namespace {

int levelsOf(const MemoryNode& node) {
    int below = 0;
    for (const MemoryNode& child : node.children)
        below = std::max(below, levelsOf(child));
    return 1 + below;
}

} // namespace

FlameGraph::FlameGraph(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Live memory by module"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FlameGraph::setTree(MemoryNode root) {
    root_ = std::move(root);
    levels_ = levelsOf(root_);
    updateGeometry();
    layOut();
    setAccessibleDescription(boxes_.empty() ? QString() : text(0));
}

QSize FlameGraph::sizeHint() const {
    constexpr int usualRows = 7; // everything, part, layer, number, direction, operator
    return {em(40), static_cast<int>(usualRows * rowHeight())};
}

QSize FlameGraph::minimumSizeHint() const {
    return {em(12), static_cast<int>(levels_ * rowHeight())};
}

double FlameGraph::rowHeight() const {
    return em(1.7);
}

/// The nodes from the root to the one that fills the width.
std::vector<const MemoryNode*> FlameGraph::zoomedNodes() const {
    std::vector<const MemoryNode*> nodes = {&root_};
    for (const QString& wanted : zoomed_) {
        const auto& children = nodes.back()->children;
        const auto found =
            std::ranges::find_if(children, [&](const MemoryNode& child) { return name(child) == wanted; });
        if (found == children.end())
            break;
        nodes.push_back(&*found);
    }
    return nodes;
}

void FlameGraph::layOut() {
    boxes_.clear();
    selected_ = none;
    if (root_.bytes > 0) {
        const auto nodes = zoomedNodes();
        zoomed_.resize(nodes.size() - 1);
        int box = none;
        for (std::size_t level = 0; level < nodes.size(); ++level)
            box =
                add(*nodes[level],
                    {0, static_cast<double>(level) * rowHeight(), static_cast<double>(width()), rowHeight()},
                    box);
        layOutChildren(box, static_cast<int>(nodes.size()));
    }
    update();
}

/// Leaves out boxes that are too narrow to see or to click.
void FlameGraph::layOutChildren(int parent, int level) {
    constexpr double narrowest = 1.5; // pixels
    const QRectF above = boxes_[static_cast<std::size_t>(parent)].rect;
    const MemoryNode& node = *boxes_[static_cast<std::size_t>(parent)].node;
    double left = above.left();
    for (const MemoryNode& child : node.children) {
        const double width =
            above.width() * static_cast<double>(child.bytes) / static_cast<double>(node.bytes);
        if (width >= narrowest)
            layOutChildren(add(child, {left, level * rowHeight(), width, rowHeight()}, parent), level + 1);
        left += width;
    }
}

int FlameGraph::add(const MemoryNode& node, const QRectF& rect, int parent) {
    boxes_.push_back({rect, &node, parent});
    return static_cast<int>(boxes_.size()) - 1;
}

void FlameGraph::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

int FlameGraph::boxAt(const QPointF& point) const {
    const auto found = std::ranges::find_if(boxes_, [&](const Box& box) { return box.rect.contains(point); });
    return found == boxes_.end() ? none : static_cast<int>(found - boxes_.begin());
}

bool FlameGraph::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto& help = static_cast<const QHelpEvent&>(*event);
    const int box = boxAt(help.pos());
    QToolTip::showText(help.globalPos(), box == none ? QString() : text(box), this);
    return true;
}

void FlameGraph::mousePressEvent(QMouseEvent* event) {
    if (const int box = boxAt(event->position()); box != none)
        zoom(box);
}

void FlameGraph::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (selected_ == none && !boxes_.empty())
        select(0);
    update();
}

void FlameGraph::keyPressEvent(QKeyEvent* event) {
    if (boxes_.empty())
        return QWidget::keyPressEvent(event);
    const int from = std::max(selected_, 0);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveSelection(-1);
    case Qt::Key_Right:
        return moveSelection(1);
    case Qt::Key_Up:
        return select(std::max(boxes_[static_cast<std::size_t>(from)].parent, 0));
    case Qt::Key_Down: {
        const auto child = std::ranges::find(boxes_, from, &Box::parent);
        return select(child == boxes_.end() ? from : static_cast<int>(child - boxes_.begin()));
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return zoom(from);
    case Qt::Key_Escape:
        return zoom(0);
    default:
        QWidget::keyPressEvent(event);
    }
}

/// Selects the next box with the same parent.
void FlameGraph::moveSelection(int direction) {
    const int count = static_cast<int>(boxes_.size());
    const int from = std::max(selected_, 0);
    const int parent = boxes_[static_cast<std::size_t>(from)].parent;
    for (int box = from + direction; box >= 0 && box < count; box += direction) {
        if (boxes_[static_cast<std::size_t>(box)].parent == parent)
            return select(box);
    }
}

void FlameGraph::select(int box) {
    selected_ = box;
    setAccessibleDescription(text(box));
    update();
    Q_EMIT selected(boxes_[static_cast<std::size_t>(box)].rect.toRect());
}

/// Fills the width with a box and selects it.
void FlameGraph::zoom(int box) {
    const std::vector<int> path = pathTo(box);
    zoomed_.clear();
    for (std::size_t level = 1; level < path.size(); ++level)
        zoomed_.push_back(name(*boxes_[static_cast<std::size_t>(path[level])].node));
    layOut();
    select(static_cast<int>(path.size()) - 1); // those above it come first, one per row
}

/// The boxes from the root to this one.
std::vector<int> FlameGraph::pathTo(int box) const {
    std::vector<int> path;
    for (; box != none; box = boxes_[static_cast<std::size_t>(box)].parent)
        path.insert(path.begin(), box);
    return path;
}

QString FlameGraph::name(const MemoryNode& node) const {
    if (&node == &root_)
        return tr("All tensors");
    return node.name.empty() ? memoryPartTitle(node.part) : QString::fromStdString(node.name);
}

/// "Saved for backward, dual_path, 0: 512 MiB, 12.5 % of the total; tensors: 96"
QString FlameGraph::text(int box) const {
    QStringList names;
    for (const int above : pathTo(box)) {
        if (above > 0 || box == 0)
            names << name(*boxes_[static_cast<std::size_t>(above)].node);
    }
    const MemoryNode& node = *boxes_[static_cast<std::size_t>(box)].node;
    const double share = 100.0 * static_cast<double>(node.bytes) / static_cast<double>(root_.bytes);
    return tr("%1: %2, %3 % of the total; tensors: %4")
        .arg(names.join(QStringLiteral(", ")), bytesText(node.bytes), QString::number(share, 'f', 1),
             QString::number(node.count));
}

void FlameGraph::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.palette().plot);
    for (int box = 0; box < static_cast<int>(boxes_.size()); ++box)
        paintBox(painter, box);
}

/// Levels alternate in brightness, so that a long row of boxes with one name does not look like one.
void FlameGraph::paintBox(QPainter& painter, int box) const {
    const Palette& palette = theme_.palette();
    const auto& [rect, node, parent] = boxes_[static_cast<std::size_t>(box)];
    const QRectF inner = rect.adjusted(0, 0, rect.width() > 3 ? -1 : 0, -1);
    const int level = static_cast<int>(rect.top() / rowHeight());
    constexpr int darker = 108; // percent
    QColor color = box == 0 ? palette.raised : cardPartColor(palette, cardPart(node->part));
    if (level % 2 == 0 && box > 0)
        color = color.darker(darker);
    painter.fillRect(inner, color);
    if (box == selected_ && hasFocus()) {
        painter.setPen(QPen(palette.text, 2));
        painter.drawRect(inner.adjusted(1, 1, -1, -1));
    }
    const QString title = name(*node);
    const QFontMetrics metrics(font());
    const double space = inner.width() - em(0.8);
    if (space < em(1.6))
        return;
    const QString whole = title + QLatin1Char(' ') + bytesText(node->bytes);
    painter.setPen(box == 0 ? palette.text : textOn(color));
    painter.drawText(inner.adjusted(em(0.4), 0, -em(0.4), 0), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.horizontalAdvance(whole) <= space
                         ? whole
                         : metrics.elidedText(title, Qt::ElideRight, static_cast<int>(space)));
}

} // namespace headroom::ui
