// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/time_view.h"

namespace headroom::ui {

/// The ruler above the lanes: time labels and the marker of the play head. GUI thread.
class TimeRuler : public TimeView {
    Q_OBJECT

public:
    TimeRuler(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintContent(QPainter& painter) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace headroom::ui
