// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/gain_slider.h"
#include "ui/listen/lane_list.h"
#include "ui/listen/listen_page.h"
#include "ui/listen/sdr_row.h"
#include "ui/listen/source_menu.h"
#include "ui/listen/transport_bar.h"

#include <QKeyEvent>

#include <algorithm>
#include <numbers>

// Keyboard, button and mouse input of the Listen page.

namespace headroom::ui {

void ListenPage::togglePlay() {
    Mixer& mixer = player_.mixer();
    if (player_.playing()) {
        mixer.stop();
    } else if (model_.song().isOpen()) {
        mixer.play();
        player_.start();
    }
    onMoved();
}

void ListenPage::stop() {
    player_.mixer().stop();
    lanes_->clearLevels();
    player_.mixer().seek(axis_.selection() ? axis_.selection()->begin : 0);
    onMoved();
}

void ListenPage::seek(std::int64_t frame) {
    player_.mixer().seek(frame);
    // While stopped the position takes effect immediately; during playback after the device latency.
    axis_.setPlayHead(player_.playing() ? player_.playHead() : player_.mixer().position());
    axis_.reveal(frame);
}

void ListenPage::applyLoop() {
    const auto& range = axis_.selection();
    if (range && transport_->loops())
        player_.mixer().setLoop(Mixer::Loop{range->begin, range->end});
    else
        player_.mixer().setLoop({});
}

/// Sets the start or end of the selection to the play head. Without a valid selection, the other end is that
/// of the song.
void ListenPage::setLoopPoint(LoopPoint point) {
    const std::int64_t here = axis_.playHead();
    TimeAxis::Range range = axis_.selection().value_or(TimeAxis::Range{0, axis_.frames()});
    if (point == LoopPoint::Begin) {
        range.begin = here;
        if (range.end <= here)
            range.end = axis_.frames();
    } else {
        range.end = here;
        if (range.begin >= here)
            range.begin = 0;
    }
    axis_.select(range);
    transport_->setLoops(true);
    applyLoop();
}

void ListenPage::loopWorst() {
    const auto second = sdr_->worst();
    if (!second)
        return;
    const std::int64_t rate = axis_.sampleRate();
    transport_->setLoops(true);
    axis_.select(TimeAxis::Range{(*second - 1) * rate, (*second + 2) * rate});
    applyLoop();
    seek(axis_.selection()->begin);
}

bool ListenPage::handleLaneKey(int key, Qt::KeyboardModifiers modifiers) {
    const int lane = lanes_->current();
    if (lane < 0)
        return false;
    const Lane& current = model_.lanes()[static_cast<std::size_t>(lane)];
    const double step = modifiers & Qt::AltModifier ? 0.1 : 1;
    const bool isShifted = modifiers & Qt::ShiftModifier;
    constexpr double closer = std::numbers::sqrt2; // 3 dB
    const auto changeGain = [&](double decibels) {
        model_.setGain(lane, std::clamp(current.gain + decibels, GainSlider::lowest, GainSlider::highest));
    };
    if (key >= Qt::Key_1 && key <= Qt::Key_9) {
        const int chosen = key - Qt::Key_1;
        if (chosen < std::ssize(model_.lanes()))
            model_.setSolo(chosen, !model_.lanes()[static_cast<std::size_t>(chosen)].solo);
        return true;
    }
    switch (key) {
    case Qt::Key_S:
        model_.setSolo(lane, !current.solo, modifiers & Qt::ShiftModifier);
        return true;
    case Qt::Key_M:
        model_.setMute(lane, !current.mute);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        changeGain(step);
        return true;
    case Qt::Key_Minus:
        changeGain(-step);
        return true;
    case Qt::Key_Up:
        isShifted ? lanes_->magnify(closer) : lanes_->setCurrent(lane - 1);
        return true;
    case Qt::Key_Down:
        isShifted ? lanes_->magnify(1 / closer) : lanes_->setCurrent(lane + 1);
        return true;
    default:
        return false;
    }
}

bool ListenPage::handleViewKey(int key, Qt::KeyboardModifiers modifiers) {
    if (!(modifiers & Qt::ControlModifier))
        return false;
    constexpr double closer = 1.5;
    const double x = axis_.xOf(static_cast<double>(axis_.playHead()));
    const double anchor = x >= 0 && x <= axis_.width() ? x : axis_.width() / 2.0;
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        axis_.zoom(closer, anchor);
        return true;
    case Qt::Key_Minus:
        axis_.zoom(1 / closer, anchor);
        return true;
    case Qt::Key_0:
        axis_.fit();
        return true;
    case Qt::Key_Up:
        lanes_->moveFrequencyCursor(1);
        return true;
    case Qt::Key_Down:
        lanes_->moveFrequencyCursor(-1);
        return true;
    default:
        return false;
    }
}

void ListenPage::keyPressEvent(QKeyEvent* event) {
    const std::int64_t second = axis_.sampleRate();
    const std::int64_t here = player_.mixer().position();
    if (handleViewKey(event->key(), event->modifiers()))
        return;
    if (event->modifiers() & Qt::ControlModifier) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_P:
        togglePlay();
        return;
    case Qt::Key_L:
        transport_->setLoops(!transport_->loops());
        applyLoop();
        return;
    case Qt::Key_I:
    case Qt::Key_BracketLeft:
        setLoopPoint(LoopPoint::Begin);
        return;
    case Qt::Key_O:
    case Qt::Key_BracketRight:
        setLoopPoint(LoopPoint::End);
        return;
    case Qt::Key_Home:
        seek(0);
        return;
    case Qt::Key_End:
        seek(axis_.frames());
        return;
    case Qt::Key_Left:
        seek(here - second);
        return;
    case Qt::Key_Right:
        seek(here + second);
        return;
    case Qt::Key_A:
        model_.hear(ListenModel::A);
        return;
    case Qt::Key_B:
        model_.hear(ListenModel::B);
        return;
    case Qt::Key_X:
        model_.hear(ListenModel::X);
        return;
    case Qt::Key_W:
        loopWorst();
        return;
    case Qt::Key_T:
        lanes_->showTable();
        return;
    case Qt::Key_Escape:
        axis_.select({});
        lanes_->hideFrequencyCursor();
        return;
    default:
        break;
    }
    if (!handleLaneKey(event->key(), event->modifiers()))
        QWidget::keyPressEvent(event);
}

void ListenPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    player_.watchDevices(true);
    menu_->loadShelf(); // files may have been added since
    setFocus();
}

void ListenPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    if (event->spontaneous()) // minimized, not another page
        return;
    player_.watchDevices(player_.playing());
}

} // namespace headroom::ui
