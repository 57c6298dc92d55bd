// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>

/// Font sizes relative to the application's font, so that they follow the system's font size and scaling.
namespace headroom::ui {

enum class TextSize {
    Verdict, ///< verdict of the headroom bar
    Clock,   ///< play position
    Heading, ///< headline of a dialog
    Body,
    Small, ///< legends, axes
    Dense, ///< dense tick labels
};

QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// `count` times the pixel size of body text; the unit of all layout lengths. Pixels.
int em(double count = 1);

} // namespace headroom::ui
