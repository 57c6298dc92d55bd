// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/text/mark_text.h"

#include <qcustomplot.h>

namespace headroom::ui {

/// Ticker of an axis in seconds, with ticks at whole minutes, hours and days: "2 h 30 min".
class DurationTicker : public QCPAxisTickerTime {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        constexpr double whole = 0.5;
        return tick < whole ? QStringLiteral("0") : durationText(tick);
    }
};

} // namespace headroom::ui
