#pragma once

#include <QString>

namespace headroom::ui {

struct Palette;

/// What the style of the window cannot say by a QPalette. Properties that widgets set for it:
/// `primary` (the one button of a region that is filled), `second` and `faint` (text of less weight),
/// `role` = "frame" or "panel" (a bordered area).
QString styleSheet(const Palette& palette);

} // namespace headroom::ui
