#pragma once

#include <QPushButton>

namespace headroom::ui {

class ElidedLabel;

/// A source as a button: its letter, what it is, and a line about it. GUI thread.
class SourceCard : public QPushButton {
    Q_OBJECT

public:
    explicit SourceCard(const QString& letter, QWidget* parent = nullptr);

    void show(const QString& title, const QString& detail);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

private:
    QString letter_;
    ElidedLabel* title_;
    ElidedLabel* detail_;
};

} // namespace headroom::ui
