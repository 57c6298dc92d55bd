#pragma once

#include "core/values/listening.h"
#include "ui/listen/time_view.h"

#include <array>
#include <optional>

namespace headroom::ui {

/// SDR second by second, of both sources side by side, as bars under the lanes. GUI thread.
class SdrStrip : public TimeView {
    Q_OBJECT

public:
    SdrStrip(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

    /// @param neutral shows nothing that would tell the sources apart
    void show(const std::array<std::optional<SdrAnswer>, 2>& sources, int heard, bool neutral);
    /// The second in which the source that is heard is worst.
    std::optional<int> worst() const;

protected:
    void paintContent(QPainter& painter) override;
    bool event(QEvent* event) override;

private:
    double yOf(double decibels) const;
    void paintBar(QPainter& painter, int source, int second, double decibels) const;
    void paintSilence(QPainter& painter, int second) const;
    QString describe(int second) const;

    std::array<std::optional<SdrAnswer>, 2> sources_;
    int heard_ = 0;
    bool neutral_ = false;
};

} // namespace headroom::ui
