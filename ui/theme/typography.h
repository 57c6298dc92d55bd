#pragma once

#include <QFont>

/// Sizes of type as ratios of the application's font, so that the system's size and zoom hold everywhere.
namespace headroom::ui {

enum class TextSize {
    Verdict, ///< the one line that matters most
    Clock,
    Heading, ///< of a dialog
    Body,
    Small, ///< legends, axes
    Dense, ///< ticks that stand close
};

QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// Width of the letter m in body text: the unit of lengths, pixels.
int em(double count = 1);

} // namespace headroom::ui
