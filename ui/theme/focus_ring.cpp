// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/focus_ring.h"

#include <QApplication>
#include <QFocusFrame>
#include <QTabBar>

namespace headroom::ui {
namespace {

/// Not for popup lists and tab bars, which mark the current item themselves, nor for widgets outside the Tab
/// order, which have the focus only to receive keys.
bool showsRing(const QWidget& widget) {
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
    if (focus == nullptr || !showsRing(*focus)) {
        if (frame_ != nullptr)
            frame_->setWidget(nullptr);
        return;
    }
    if (frame_ == nullptr)
        frame_ = new QFocusFrame;
    frame_->setWidget(focus);
}

} // namespace headroom::ui
