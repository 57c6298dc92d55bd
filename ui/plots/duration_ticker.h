#pragma once

#include "ui/text/mark_text.h"

#include <qcustomplot.h>

namespace headroom::ui {

/// Ticks of an axis in seconds at whole minutes, hours and days: "2 h 30 min".
class DurationTicker : public QCPAxisTickerTime {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        constexpr double whole = 0.5;
        return tick < whole ? QStringLiteral("0") : durationText(tick);
    }
};

} // namespace headroom::ui
