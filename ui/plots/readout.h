// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QString>

#include <vector>

namespace headroom::ui {

/// Symbol of a curve or value in a legend or readout.
enum class LegendSymbol { Line, Dashed, DashDotted, Faint, Dot, Diamond, Square, Area, Hatch };

/// One value at the cursor position.
struct ReadoutLine {
    QString name;
    QString value; ///< "–": no value
    QColor color;
    LegendSymbol symbol = LegendSymbol::Line;
};

/// The values of a chart at the cursor position.
struct Readout {
    QString title;
    QString unit;
    std::vector<ReadoutLine> lines;
};

} // namespace headroom::ui
