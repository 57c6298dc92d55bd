#include "ui/listen/lane_view.h"

#include "ui/listen/audio_picture.h"
#include "ui/listen/lane_table.h"
#include "ui/listen/time_axis.h"
#include "ui/theme/spectrogram_colours.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <bit>
#include <cmath>

namespace headroom::ui {

LaneView::LaneView(TimeAxis& axis, const Theme& theme, QWidget* parent) : TimeView(axis, theme, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
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
    const bool both = look_.waveform && look_.spectrogram;
    const QRectF upper = both ? QRectF(0, 0, whole.width(), whole.height() * 0.4) : whole;
    const QRectF lower = both ? whole.adjusted(0, upper.height(), 0, 0) : whole;
    if (look_.spectrogram) {
        painter.fillRect(lower, spectrogramColor(0));
        paintSpectrogram(painter, lower);
        paintFrequencies(painter, lower);
    }
    if (look_.waveform) {
        painter.setPen(theme().palette().grid);
        painter.drawLine(QPointF(0, upper.center().y()), QPointF(whole.width(), upper.center().y()));
        if (axis().framesPerPixel() < framesPerPeak)
            paintSamples(painter, upper);
        else
            paintPeaks(painter, upper);
    }
}

/// Peaks faintly, and over them the root mean square.
void LaneView::paintPeaks(QPainter& painter, const QRectF& area) const {
    QColor faint = color_;
    faint.setAlphaF(0.55F);
    const double middle = area.center().y();
    const double scale = area.height() / 2;
    const double step = 1 / devicePixelRatioF();
    for (double x = 0; x < area.width(); x += step) {
        const double begin = axis().begin() + x * axis().framesPerPixel();
        const auto peak = picture_->peaks().over(begin, begin + step * axis().framesPerPixel());
        if (!peak)
            continue;
        const double top = std::min(1.0F, peak->highest) * scale;
        const double bottom = std::max(-1.0F, peak->lowest) * scale;
        painter.fillRect(QRectF(x, middle - top, step, std::max(step, top - bottom)), faint);
        const double rms = std::sqrt(peak->meanSquare) * scale;
        painter.fillRect(QRectF(x, middle - rms, step, 2 * rms), color_);
    }
}

/// So close that there are no peaks: the samples themselves, the mean of both channels.
void LaneView::paintSamples(QPainter& painter, const QRectF& area) const {
    const auto begin = static_cast<std::int64_t>(axis().begin());
    const auto count = static_cast<std::int64_t>(std::ceil(area.width() * axis().framesPerPixel())) + 2;
    const std::int64_t known = std::clamp<std::int64_t>(picture_->frames() - begin, 0, count);
    const std::vector<float> samples = picture_->sound().read(begin, known);
    QPolygonF line;
    for (std::int64_t i = 0; i < known; ++i) {
        const double sample = std::clamp((samples[2 * i] + samples[2 * i + 1]) / 2, -1.0F, 1.0F);
        line << QPointF(axis().xOf(static_cast<double>(begin + i)),
                        area.center().y() - sample * area.height() / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color_, 1));
    painter.drawPolyline(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

/// Frames of a column of the spectrogram: about those of a pixel.
std::int64_t LaneView::hop() const {
    constexpr std::int64_t closest = 32;
    const auto wanted = static_cast<std::uint64_t>(std::max(1.0, axis().framesPerPixel()));
    return std::max<std::int64_t>(closest, static_cast<std::int64_t>(std::bit_floor(wanted)));
}

TextTable LaneView::table() const {
    if (picture_ == nullptr)
        return {};
    const auto begin = static_cast<std::int64_t>(axis().begin());
    return laneTable(*picture_, {.begin = begin,
                                 .end = begin + std::llround(axis().width() * axis().framesPerPixel()),
                                 .sampleRate = axis().sampleRate(),
                                 .waveform = look_.waveform,
                                 .spectrogram = look_.spectrogram ? std::optional(look_.scale) : std::nullopt,
                                 .hop = hop()});
}

void LaneView::paintSpectrogram(QPainter& painter, const QRectF& area) {
    const std::int64_t hop = this->hop();
    const std::int64_t tileFrames = AudioPicture::tileColumns * hop;
    const QList<QRgb> table = spectrogramTable(look_.floor);
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

void LaneView::paintFrequencies(QPainter& painter, const QRectF& area) const {
    painter.setFont(textFont(TextSize::Dense));
    const double line = painter.fontMetrics().height();
    if (area.height() < 2.5 * line)
        return;
    for (const auto& [hertz, text] : {std::pair(500, "500"), std::pair(10000, "10k")}) {
        const double y = area.bottom() - heightOf(look_.scale, hertz, axis().sampleRate()) * area.height();
        const QRectF place(em(0.2), std::clamp(y - line / 2, area.top(), area.bottom() - line), em(3), line);
        painter.setPen(QColor(0, 0, 0, 160));
        painter.drawText(place.translated(1, 1), Qt::AlignLeft | Qt::AlignVCenter, QLatin1String(text));
        painter.setPen(QColor(255, 255, 255, 200));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, QLatin1String(text));
    }
}

} // namespace headroom::ui
