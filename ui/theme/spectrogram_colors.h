// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QList>

namespace headroom::ui {

/// Color of a level from 0 (floor) to 1 (loudest). A perceptually uniform ramp from black through purple and
/// orange to cream, the same in both themes.
QColor spectrogramColor(double level);

/// Color table for the levels of a SpectrogramTile. @param floor dB, negative; this level and below are black
QList<QRgb> spectrogramColors(double floor);

} // namespace headroom::ui
