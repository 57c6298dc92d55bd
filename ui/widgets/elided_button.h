#pragma once

#include <QPushButton>

namespace headroom::ui {

/// A button that cuts its text with an ellipsis where it has no room; the whole is its tool tip and its
/// accessible name. GUI thread.
class ElidedButton : public QPushButton {
    Q_OBJECT

public:
    using QPushButton::QPushButton;

    void setFullText(const QString& text);
    const QString& fullText() const { return full_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int around() const;
    void arrange();

    QString full_;
};

} // namespace headroom::ui
