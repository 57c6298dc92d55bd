// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/theme/palette.h"

#include <QObject>

namespace headroom::ui {

/// Colors, font and style of the application. Create one, after the QApplication; it outlives all widgets.
/// GUI thread.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode { Dark, Light, System };

    explicit Theme(Mode mode = Mode::System);

    Mode mode() const { return mode_; }
    /// Applies the palette and style sheet to the application, then emits changed().
    void setMode(Mode mode);
    const Palette& palette() const;

Q_SIGNALS:
    /// palette() has changed; widgets that paint with it must repaint.
    void changed();

private:
    void apply();

    Mode mode_;
    bool systemIsDark_ = true;
};

} // namespace headroom::ui
