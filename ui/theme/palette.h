#pragma once

#include "core/values/forecast.h"
#include "core/values/memory_part.h"

#include <QColor>

#include <array>

namespace headroom::ui {

/// Every colour of the window, by role. Parts of memory keep theirs everywhere, and their colours are used
/// for nothing else; neighbours in the stack stay apart for colour-blind eyes.
struct Palette {
    bool dark = true;

    QColor window, panel, raised, field, plot;
    QColor line, strongLine;
    QColor text, secondText, faintText;
    QColor grid;
    QColor accent;                  ///< focus, changed mark
    QColor selectedRow;             ///< background
    QColor primaryButton;           ///< background
    QColor fits, tight, doesNotFit; ///< text and icons
    QColor grooveFits, grooveTight, grooveDoesNotFit;
    QColor measured; ///< the measured line over a forecast

    QColor otherPrograms, context, slack;  ///< of the card, outside the step's own parts
    std::array<QColor, memoryParts> parts; ///< by MemoryPart
    std::array<QColor, 4> series;          ///< runs and checkpoints, each with a dash of its own

    QColor forward, backward, update; ///< of a step's time; waiting for data is `tight`

    const QColor& part(MemoryPart which) const { return parts[static_cast<std::size_t>(which)]; }
    const QColor& verdict(Verdict which) const;
};

const Palette& darkPalette();
const Palette& lightPalette();

} // namespace headroom::ui
