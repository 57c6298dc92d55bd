#include "ui/theme/focus_ring.h"

#include <QApplication>
#include <QFocusFrame>
#include <QTabBar>

namespace headroom::ui {
namespace {

/// Lists that pop up mark their row, and tabs the one that is chosen; what cannot be reached by Tab has the
/// focus for its keys alone.
bool isRinged(const QWidget& widget) {
    return qobject_cast<const QTabBar*>(&widget) == nullptr && (widget.focusPolicy() & Qt::TabFocus) != 0 &&
           widget.window()->windowType() != Qt::Popup;
}

} // namespace

FocusRing::FocusRing(QObject* parent) : QObject(parent) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

FocusRing::~FocusRing() {
    delete frame_;
}

void FocusRing::follow(QWidget* focus) {
    if (focus == nullptr || !isRinged(*focus)) {
        if (frame_ != nullptr)
            frame_->setWidget(nullptr);
        return;
    }
    if (frame_ == nullptr)
        frame_ = new QFocusFrame;
    frame_->setWidget(focus);
}

} // namespace headroom::ui
