#pragma once

class QString;
class QWidget;

namespace headroom::ui {

/// Has a screen reader say something that happened, wherever the focus is: a verdict that flips, a score, an
/// error. Without a screen reader it does nothing. GUI thread.
/// @param source what it is about; part of a window
void announce(QWidget& source, const QString& message);

} // namespace headroom::ui
