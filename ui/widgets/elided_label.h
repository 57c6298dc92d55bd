#pragma once

#include <QWidget>

namespace headroom::ui {

/// One line of text, cut with an ellipsis where it has no room; the whole is its tool tip then. It takes the
/// width that it is given, so that another text leaves the layout of the window alone. To screen readers it
/// is its accessible name, where it has one, and its text.
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
