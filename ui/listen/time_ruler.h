#pragma once

#include "ui/listen/time_view.h"

namespace headroom::ui {

/// The ruler above the lanes: minutes and seconds, the play head's triangle.
class TimeRuler : public TimeView {
    Q_OBJECT

public:
    TimeRuler(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintContent(QPainter& painter) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace headroom::ui
