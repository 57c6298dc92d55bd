#pragma once

#include <QScrollArea>

namespace headroom::ui {

/// Scrolls up and down only: it is never narrower than its content can be.
class VerticalScrollArea : public QScrollArea {
    Q_OBJECT

public:
    explicit VerticalScrollArea(QWidget* content, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void readContent();

    int needed_ = 0; ///< width that was asked for last
};

} // namespace headroom::ui
