// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/time_axis.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

void TimeAxis::setSong(std::int64_t frames, int sampleRate) {
    frames_ = frames;
    sampleRate_ = sampleRate;
    playHead_ = 0;
    selection_.reset();
    begin_ = 0;
    framesPerPixel_ = fittingFramesPerPixel();
    Q_EMIT viewChanged();
    Q_EMIT selectionChanged();
}

double TimeAxis::fittingFramesPerPixel() const {
    return std::max(1.0, static_cast<double>(frames_)) / width_;
}

void TimeAxis::setWidth(int pixels) {
    const bool whole = framesPerPixel_ >= fittingFramesPerPixel();
    width_ = std::max(1, pixels);
    setView(begin_, whole ? fittingFramesPerPixel() : framesPerPixel_);
}

std::int64_t TimeAxis::frameAt(double x) const {
    return std::clamp<std::int64_t>(std::llround(begin_ + x * framesPerPixel_), 0, frames_);
}

void TimeAxis::setView(double begin, double framesPerPixel) {
    // From the whole song to ten pixels per frame.
    constexpr double closest = 0.1;
    const double zoomed =
        std::clamp(framesPerPixel, std::min(closest, fittingFramesPerPixel()), fittingFramesPerPixel());
    const double last = std::max(0.0, static_cast<double>(frames_) - zoomed * width_);
    const double first = std::clamp(begin, 0.0, last);
    if (first == begin_ && zoomed == framesPerPixel_)
        return;
    begin_ = first;
    framesPerPixel_ = zoomed;
    Q_EMIT viewChanged();
}

void TimeAxis::zoom(double factor, double x) {
    const double frame = begin_ + x * framesPerPixel_;
    const double zoomed = std::min(framesPerPixel_ / factor, fittingFramesPerPixel());
    setView(frame - x * zoomed, zoomed);
}

void TimeAxis::scroll(double pixels) {
    setView(begin_ + pixels * framesPerPixel_, framesPerPixel_);
}

void TimeAxis::fit() {
    setView(0, fittingFramesPerPixel());
}

void TimeAxis::reveal(std::int64_t frame) {
    const double x = xOf(static_cast<double>(frame));
    if (x < 0 || x > width_)
        setView(static_cast<double>(frame) - 0.1 * width_ * framesPerPixel_, framesPerPixel_);
}

void TimeAxis::setPlayHead(std::int64_t frame) {
    const std::int64_t before = playHead_;
    playHead_ = std::clamp<std::int64_t>(frame, 0, frames_);
    if (before != playHead_)
        Q_EMIT playHeadMoved(before, playHead_);
}

void TimeAxis::select(std::optional<Range> range) {
    if (range) {
        range->begin = std::clamp<std::int64_t>(range->begin, 0, frames_);
        range->end = std::clamp<std::int64_t>(range->end, 0, frames_);
        if (range->begin >= range->end)
            range.reset();
    }
    if (range == selection_)
        return;
    selection_ = range;
    Q_EMIT selectionChanged();
}

QString timeText(double seconds, int decimals) {
    const double unit = std::pow(10, decimals);
    const auto ticks = static_cast<std::int64_t>(std::floor(std::max(0.0, seconds) * unit + 1e-6));
    const auto whole = ticks / static_cast<std::int64_t>(unit);
    QString text = QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    if (decimals > 0) {
        text += QStringLiteral(".%1").arg(ticks % static_cast<std::int64_t>(unit), decimals, 10,
                                          QLatin1Char('0'));
    }
    return text;
}

} // namespace headroom::ui
