#pragma once

#include <QColor>
#include <QList>

namespace headroom::ui {

/// The colour of a level: 0 is the floor, 1 the loudest. A ramp from black over purple and orange to cream,
/// whose lightness rises evenly, the same in both themes.
QColor spectrogramColor(double level);

/// Colours for the levels of SpectrogramTile. @param floor dB, below 0: what is no louder is black
QList<QRgb> spectrogramTable(double floor);

} // namespace headroom::ui
