// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/broken_scale.h"
#include "ui/memory/card_use.h"

#include <QWidget>

#include <optional>

namespace headroom::ui {

class Theme;

/// A bar with the memory of a card by part, against its capacity. Arrow keys and clicks select a part, whose
/// description screen readers read out. GUI thread.
class PartsBar : public QWidget {
    Q_OBJECT

public:
    explicit PartsBar(const Theme& theme, QWidget* parent = nullptr);

    /// @param capacity of the card, bytes
    void setUse(const CardUse& use, std::int64_t capacity);
    /// Hides the axis and the labels.
    void setCompact(bool compact);
    /// Dims the bar while a newer forecast is pending.
    void setDimmed(bool dimmed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void partSelected(headroom::ui::CardPart part);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::int64_t total() const;
    std::int64_t range() const;
    BrokenScale scale() const;
    double xOf(std::int64_t bytes) const;
    QRectF barRect() const;
    QRectF partRect(CardPart part) const;
    QRectF labelRect(CardPart part) const;
    QRectF limitLabelRect() const;
    std::optional<CardPart> partAt(const QPointF& point) const;
    void select(CardPart part);
    void moveSelection(int direction);
    void paintPart(QPainter& painter, CardPart part) const;
    void paintLabel(QPainter& painter, CardPart part) const;
    void paintBreak(QPainter& painter) const;
    void paintHeadroom(QPainter& painter) const;
    void paintOverrun(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintTick(QPainter& painter, double x, const QString& text) const;
    QString partText(CardPart part) const;
    QString limitText() const;
    void updateDescription();

    const Theme& theme_;
    CardUse use_{};
    std::int64_t capacity_ = 0;
    bool compact_ = false;
    bool dimmed_ = false;
    std::optional<CardPart> selected_;
};

} // namespace headroom::ui
