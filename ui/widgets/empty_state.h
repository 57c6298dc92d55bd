#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headroom::ui {

/// What a page shows while it has nothing else to show: why, and buttons to begin with. GUI thread.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString& headline, QWidget* parent = nullptr);

    void setText(const QString& text);
    /// Adds a button behind the others. Takes it over.
    void add(QPushButton* button);

private:
    QLabel* text_;
    QHBoxLayout* buttons_;
};

} // namespace headroom::ui
