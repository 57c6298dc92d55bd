#pragma once

#include "ui/theme/palette.h"

#include <QObject>

namespace headroom::ui {

/// The look of the whole program: one object, made after the application and outliving every widget.
/// GUI thread.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode { Dark, Light, System };

    explicit Theme(Mode mode = Mode::System);

    Mode mode() const { return mode_; }
    /// Colours, style sheet and style of the application change at once; then changed() is said.
    void setMode(Mode mode);
    const Palette& palette() const;

Q_SIGNALS:
    /// Whoever paints with colours of the palette takes them anew.
    void changed();

private:
    void apply();

    Mode mode_;
    bool systemIsDark_ = true;
};

} // namespace headroom::ui
