#pragma once

#include <QObject>
#include <QPointer>

class QFocusFrame;
class QWidget;

namespace headroom::ui {

/// A ring around whatever has the keyboard's focus, in all windows of the program: one look that no hovered,
/// checked or pressed control has, also for those that paint themselves. GUI thread.
class FocusRing : public QObject {
    Q_OBJECT

public:
    explicit FocusRing(QObject* parent);
    ~FocusRing() override;

private:
    void follow(QWidget* focus);

    QPointer<QFocusFrame> frame_; ///< goes with the window that it is in
};

} // namespace headroom::ui
