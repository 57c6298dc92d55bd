// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/frequency_scale.h"
#include "ui/listen/lane_table.h"
#include "ui/listen/time_view.h"
#include "ui/widgets/table_data.h"

#include <QColor>
#include <QPointF>

#include <optional>

namespace headroom::ui {

class AudioPicture;

/// What the lanes show, and how.
struct LaneLook {
    bool waveform = true;
    bool spectrogram = true;
    FrequencyScale scale = FrequencyScale::Mel;
    double floor = -84;       ///< dB, of the spectrogram
    double magnification = 1; ///< of the waveform, vertically
};

/// The waveform and spectrogram of a lane. GUI thread.
class LaneView : public TimeView {
    Q_OBJECT

public:
    LaneView(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

    /// @param picture null: shows `text` instead
    void setPicture(AudioPicture* picture, const QColor& color, const QString& text = {});
    AudioPicture* picture() const { return picture_; }
    void setLook(const LaneLook& look);
    /// The levels in the visible range.
    TableData table() const;
    /// Shows the level at this height of the spectrogram, 0 (bottom) to 1, at the play head.
    void setFrequencyCursor(std::optional<double> height);
    const std::optional<double>& frequencyCursor() const { return frequencyCursor_; }
    /// Time, frequency and level under the mouse or at the frequency cursor; empty: neither is in the lane.
    QString readout() const;

Q_SIGNALS:
    /// The user turned the wheel with Ctrl and Shift.
    void magnifyRequested(double factor);

protected:
    void paintContent(QPainter& painter) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    std::int64_t hop() const;
    QRectF waveformArea() const;
    QRectF spectrogramArea() const;
    LaneRange range(std::int64_t begin, std::int64_t end) const;
    void paintPeaks(QPainter& painter, const QRectF& area) const;
    void paintSamples(QPainter& painter, const QRectF& area) const;
    void paintSpectrogram(QPainter& painter, const QRectF& area);

    AudioPicture* picture_ = nullptr;
    QColor color_;
    QString text_;
    LaneLook look_;
    std::optional<QPointF> mouse_;
    std::optional<double> frequencyCursor_;
};

} // namespace headroom::ui
