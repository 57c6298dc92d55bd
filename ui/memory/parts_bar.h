#pragma once

#include "core/view/broken_scale.h"
#include "ui/memory/card_use.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace headroom::ui {

class Theme;

/// What is in use of a card, part by part, against what it has. Arrows walk the parts, each of which is read
/// out; a click selects one. GUI thread.
class PartsBar : public QWidget {
    Q_OBJECT

public:
    explicit PartsBar(const Theme& theme, QWidget* parent = nullptr);

    /// @param capacity of the card, bytes
    void setUse(const CardUse& use, std::int64_t capacity);
    /// Without axis and words in the parts.
    void setCompact(bool compact);
    /// Dimmed: another answer is on its way.
    void setDimmed(bool dimmed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void partSelected(CardPart part);

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
    QRectF wordsRect(CardPart part) const;
    QRectF endLabelRect() const;
    std::optional<CardPart> partAt(const QPointF& point) const;
    void select(CardPart part);
    void walk(int direction);
    void paintPart(QPainter& painter, CardPart part) const;
    void paintWords(QPainter& painter, CardPart part) const;
    void paintBreak(QPainter& painter) const;
    void paintRest(QPainter& painter) const;
    void paintOverrun(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintTick(QPainter& painter, double x, const QString& text) const;
    QString partText(CardPart part) const;
    QString endText() const;
    void describe();

    const Theme& theme_;
    CardUse use_{};
    std::int64_t capacity_ = 0;
    bool compact_ = false;
    bool dimmed_ = false;
    std::optional<CardPart> selected_;
};

} // namespace headroom::ui
