#pragma once

#include <QToolButton>

namespace headroom::ui {

/// "was 8", with an arrow back. It takes the room that is left in its row and keeps it while hidden, so that
/// a row never changes its size; where there is too little for the words, the arrow stands alone. GUI thread.
class WayBackButton : public QToolButton {
    Q_OBJECT

public:
    explicit WayBackButton(QWidget* parent = nullptr);

    void setWords(const QString& words);

    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
};

} // namespace headroom::ui
