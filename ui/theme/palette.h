// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "core/values/memory_part.h"

#include <QColor>

#include <array>

namespace headroom::ui {

/// All colors of the window, by role. Each memory part has one color everywhere, used for nothing else.
/// Adjacent parts of the stack are distinguishable with color vision deficiency.
struct Palette {
    bool dark = true;

    QColor window, panel, raised, field, plot;
    QColor line, strongLine;
    QColor text, secondText, faintText;
    QColor grid;
    QColor accent;                  ///< focus ring, mark of changed options
    QColor selectedRow;             ///< background
    QColor primaryButton;           ///< background
    QColor fits, tight, doesNotFit; ///< text and icons
    QColor grooveFits, grooveTight, grooveDoesNotFit;
    QColor measured; ///< line of measured memory over a forecast

    QColor otherPrograms, context, slack;  ///< device memory outside the memory parts
    std::array<QColor, memoryParts> parts; ///< by MemoryPart
    std::array<QColor, 4> series;          ///< runs and checkpoints, combined with different dash styles

    QColor forward, backward, update; ///< parts of the step time; waiting for data is `tight`

    const QColor& part(MemoryPart which) const { return parts[static_cast<std::size_t>(which)]; }
    const QColor& verdict(Verdict which) const;
};

const Palette& darkPalette();
const Palette& lightPalette();

/// A text color that contrasts with the fill, in both themes.
const QColor& textOn(const QColor& fill);

} // namespace headroom::ui
