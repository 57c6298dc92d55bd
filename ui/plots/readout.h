#pragma once

#include <QColor>
#include <QString>

#include <vector>

namespace headroom::ui {

/// How a line, or whatever stands for a number, looks beside its name.
enum class Sign { Line, Dashed, DashDotted, Faint, Dot, Diamond, Square, Area, Hatch };

/// One number of a chart at one moment.
struct ReadoutLine {
    QString name;
    QString value; ///< "–" where there is none
    QColor color;
    Sign sign = Sign::Line;
};

/// What a chart says at one moment.
struct Readout {
    QString title;
    QString unit;
    std::vector<ReadoutLine> lines;
};

} // namespace headroom::ui
