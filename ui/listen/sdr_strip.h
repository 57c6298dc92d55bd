// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"
#include "ui/listen/time_view.h"

#include <array>
#include <optional>

namespace headroom::ui {

/// Bars with the SDR of both sources for each second, below the lanes. Bars beyond the scale end with an
/// arrow. GUI thread.
class SdrStrip : public TimeView {
    Q_OBJECT

public:
    /// What one source is.
    struct Source {
        std::optional<SdrAnswer> sdr;
        bool isGroundTruth = false; ///< not scored against itself
    };
    static constexpr std::array gridLines = {0, 10, 20}; ///< dB

    SdrStrip(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

    /// @param blind hides everything that would identify the source
    void show(const std::array<Source, 2>& sources, int heard, bool blind);
    /// The second with the lowest SDR of the playing source.
    std::optional<int> worst() const;
    /// Height of a number of decibels, clamped to the scale.
    double yOf(double decibels) const;

protected:
    void paintContent(QPainter& painter) override;
    bool event(QEvent* event) override;

private:
    const std::optional<SdrAnswer>& scores(int source) const {
        return sources_[static_cast<std::size_t>(source)].sdr;
    }
    void paintSources(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintWorst(QPainter& painter, int second) const;
    void paintBar(QPainter& painter, int source, int second, double decibels) const;
    void paintArrow(QPainter& painter, const QRectF& bar, bool up) const;
    void paintGroundTruth(QPainter& painter) const;
    void paintSilence(QPainter& painter, int second) const;
    QString describe(int second) const;

    std::array<Source, 2> sources_;
    int heard_ = 0;
    bool blind_ = false;
};

} // namespace headroom::ui
