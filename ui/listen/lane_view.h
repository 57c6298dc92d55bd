#pragma once

#include "core/values/frequency_scale.h"
#include "ui/listen/time_view.h"
#include "ui/widgets/text_table.h"

#include <QColor>

namespace headroom::ui {

class AudioPicture;

/// What lanes show, and how.
struct LaneLook {
    bool waveform = true;
    bool spectrogram = true;
    FrequencyScale scale = FrequencyScale::Mel;
    double floor = -84; ///< dB, of the spectrogram
};

/// Waveform over spectrogram of one lane. GUI thread.
class LaneView : public TimeView {
    Q_OBJECT

public:
    LaneView(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

    /// @param picture null: nothing to be seen, but `text`
    void setPicture(AudioPicture* picture, const QColor& color, const QString& text = {});
    AudioPicture* picture() const { return picture_; }
    void setLook(const LaneLook& look);
    /// The numbers behind what is in view.
    TextTable table() const;

protected:
    void paintContent(QPainter& painter) override;

private:
    std::int64_t hop() const;
    void paintPeaks(QPainter& painter, const QRectF& area) const;
    void paintSamples(QPainter& painter, const QRectF& area) const;
    void paintSpectrogram(QPainter& painter, const QRectF& area);
    void paintFrequencies(QPainter& painter, const QRectF& area) const;

    AudioPicture* picture_ = nullptr;
    QColor color_;
    QString text_;
    LaneLook look_;
};

} // namespace headroom::ui
