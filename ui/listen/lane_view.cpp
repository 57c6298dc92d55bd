// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_view.h"

#include "ui/listen/audio_picture.h"
#include "ui/listen/lane_readout.h"
#include "ui/listen/lane_scales.h"
#include "ui/listen/time_axis.h"
#include "ui/theme/spectrogram_colors.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <bit>
#include <cmath>

namespace headroom::ui {

LaneView::LaneView(TimeAxis& axis, const Theme& theme, QWidget* parent) : TimeView(axis, theme, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
    connect(&axis, &TimeAxis::playHeadMoved, this, [this] {
        if (frequencyCursor_)
            update();
    });
}

QRectF LaneView::waveformArea() const {
    constexpr double share = 0.4;
    const QRectF whole(rect());
    return look_.spectrogram ? QRectF(0, 0, whole.width(), whole.height() * share) : whole;
}

QRectF LaneView::spectrogramArea() const {
    const QRectF whole(rect());
    return look_.waveform ? whole.adjusted(0, waveformArea().height(), 0, 0) : whole;
}

void LaneView::setPicture(AudioPicture* picture, const QColor& color, const QString& text) {
    if (picture != picture_) {
        if (picture_ != nullptr)
            picture_->disconnect(this);
        picture_ = picture;
        if (picture_ != nullptr)
            connect(picture_, &AudioPicture::changed, this, &LaneView::invalidate);
    } else if (color == color_ && text == text_) {
        return;
    }
    color_ = color;
    text_ = text;
    invalidate();
}

void LaneView::setLook(const LaneLook& look) {
    look_ = look;
    invalidate();
}

void LaneView::paintContent(QPainter& painter) {
    const QRectF whole(rect());
    if (picture_ == nullptr) {
        painter.setPen(theme().palette().faintText);
        painter.drawText(whole, Qt::AlignCenter, text_);
        return;
    }
    if (look_.spectrogram) {
        const QRectF lower = spectrogramArea();
        painter.fillRect(lower, spectrogramColor(0));
        paintSpectrogram(painter, lower);
        paintFrequencyScale(painter, lower, look_.scale, axis().sampleRate());
    }
    if (look_.waveform) {
        const QRectF upper = waveformArea();
        paintLevelLines(painter, upper, look_.magnification, theme().palette());
        if (axis().framesPerPixel() < framesPerPeak)
            paintSamples(painter, upper);
        else
            paintPeaks(painter, upper);
        paintLevelLabels(painter, upper, look_.magnification, theme().palette());
    }
}

/// Peaks in a faint color, and the RMS over them.
void LaneView::paintPeaks(QPainter& painter, const QRectF& area) const {
    QColor faint = color_;
    faint.setAlphaF(0.55F);
    const double middle = area.center().y();
    const double half = area.height() / 2;
    const double scale = half * look_.magnification;
    const double step = 1 / devicePixelRatioF();
    for (double x = 0; x < area.width(); x += step) {
        const double begin = axis().begin() + x * axis().framesPerPixel();
        const auto peak = picture_->peaks().over(begin, begin + step * axis().framesPerPixel());
        if (!peak)
            continue;
        const double top = std::clamp(peak->highest * scale, -half, half);
        const double bottom = std::clamp(peak->lowest * scale, -half, half);
        painter.fillRect(QRectF(x, middle - top, step, std::max(step, top - bottom)), faint);
        const double rms = std::min(half, std::sqrt(peak->meanSquare) * scale);
        painter.fillRect(QRectF(x, middle - rms, step, 2 * rms), color_);
    }
}

/// The samples, as the mean of both channels. Used if a pixel covers fewer frames than a peak.
void LaneView::paintSamples(QPainter& painter, const QRectF& area) const {
    const auto begin = static_cast<std::int64_t>(axis().begin());
    const auto count = static_cast<std::int64_t>(std::ceil(area.width() * axis().framesPerPixel())) + 2;
    const std::int64_t known = std::clamp<std::int64_t>(picture_->frames() - begin, 0, count);
    const std::vector<float> samples = picture_->audio().read(begin, known);
    QPolygonF line;
    for (std::int64_t i = 0; i < known; ++i) {
        const double mean = (samples[2 * i] + samples[2 * i + 1]) / 2;
        const double sample = std::clamp(mean * look_.magnification, -1.0, 1.0);
        line << QPointF(axis().xOf(static_cast<double>(begin + i)),
                        area.center().y() - sample * area.height() / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color_, 1));
    painter.drawPolyline(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

/// Frames per column of the spectrogram: a power of two near the frames per pixel.
std::int64_t LaneView::hop() const {
    constexpr std::int64_t closest = 32;
    const auto wanted = static_cast<std::uint64_t>(std::max(1.0, axis().framesPerPixel()));
    return std::max<std::int64_t>(closest, static_cast<std::int64_t>(std::bit_floor(wanted)));
}

TableData LaneView::table() const {
    if (picture_ == nullptr)
        return {};
    const auto begin = static_cast<std::int64_t>(axis().begin());
    return laneTable(*picture_, range(begin, begin + std::llround(axis().width() * axis().framesPerPixel())));
}

LaneRange LaneView::range(std::int64_t begin, std::int64_t end) const {
    return {.begin = begin,
            .end = end,
            .sampleRate = axis().sampleRate(),
            .waveform = look_.waveform,
            .spectrogram = look_.spectrogram ? std::optional(look_.scale) : std::nullopt,
            .hop = hop()};
}

void LaneView::setFrequencyCursor(std::optional<double> height) {
    frequencyCursor_ = height;
    update();
}

QString LaneView::readout() const {
    if (picture_ == nullptr || (!mouse_ && !frequencyCursor_))
        return {};
    const std::int64_t begin = mouse_ ? axis().frameAt(mouse_->x()) : axis().playHead();
    const auto pixel = std::max<std::int64_t>(1, std::llround(axis().framesPerPixel()));
    std::optional<double> height = frequencyCursor_;
    if (mouse_) {
        const QRectF area = spectrogramArea();
        height.reset();
        if (look_.spectrogram && area.contains(*mouse_))
            height = (area.bottom() - mouse_->y()) / area.height();
    }
    return laneReadout(*picture_, range(begin, begin + pixel), height);
}

void LaneView::mouseMoveEvent(QMouseEvent* event) {
    TimeView::mouseMoveEvent(event);
    mouse_ = event->position();
    update();
}

void LaneView::leaveEvent(QEvent* event) {
    TimeView::leaveEvent(event);
    mouse_.reset();
    update();
}

void LaneView::wheelEvent(QWheelEvent* event) {
    constexpr auto modifiers = Qt::ControlModifier | Qt::ShiftModifier;
    if ((event->modifiers() & modifiers) != modifiers)
        return TimeView::wheelEvent(event);
    constexpr double stepsPerDoubling = 240; // two notches
    Q_EMIT magnifyRequested(std::pow(2, event->angleDelta().y() / stepsPerDoubling));
    event->accept();
}

/// The frequency cursor and the readout change more often than the content.
void LaneView::paintEvent(QPaintEvent* event) {
    TimeView::paintEvent(event);
    const QString text = readout();
    if (text.isEmpty())
        return;
    QPainter painter(this);
    const Palette& colors = theme().palette();
    if (frequencyCursor_ && look_.spectrogram) {
        const QRectF area = spectrogramArea();
        const double y = area.bottom() - *frequencyCursor_ * area.height();
        painter.setPen(QPen(colors.measured, 1, Qt::DashLine));
        painter.drawLine(QPointF(0, y), QPointF(width(), y));
    }
    painter.setFont(textFont(TextSize::Small));
    const QRectF box(0, 0, painter.fontMetrics().horizontalAdvance(text) + em(0.8),
                     painter.fontMetrics().height() + em(0.2));
    const QRectF place = box.translated(width() - box.width() - em(0.3), em(0.3));
    painter.fillRect(place, colors.raised);
    painter.setPen(colors.text);
    painter.drawText(place, Qt::AlignCenter, text);
}

void LaneView::paintSpectrogram(QPainter& painter, const QRectF& area) {
    const std::int64_t hop = this->hop();
    const std::int64_t tileFrames = AudioPicture::tileColumns * hop;
    const QList<QRgb> table = spectrogramColors(look_.floor);
    const double end = std::min(static_cast<double>(picture_->frames()),
                                axis().begin() + area.width() * axis().framesPerPixel());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.save();
    painter.setClipRect(QRectF(area.left(), area.top(),
                               axis().xOf(static_cast<double>(picture_->frames())) - area.left(),
                               area.height()));
    for (auto index = static_cast<std::int64_t>(axis().begin()) / tileFrames;
         static_cast<double>(index * tileFrames) < end; ++index) {
        const QImage* tile = picture_->tile(look_.scale, hop, index);
        if (tile == nullptr)
            continue;
        QImage colored = *tile;
        colored.setColorTable(table);
        const double left = axis().xOf(static_cast<double>(index * tileFrames));
        const double right = axis().xOf(static_cast<double>((index + 1) * tileFrames));
        painter.drawImage(QRectF(left, area.top(), right - left, area.height()),
                          colored.convertToFormat(QImage::Format_RGB32));
    }
    painter.restore();
}

} // namespace headroom::ui
