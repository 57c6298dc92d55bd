#pragma once

class QString;
class QWidget;

namespace headroom::ui {

/// Tells a user who looks elsewhere that long work is done: the window asks for attention, and the desktop
/// shows a message where it has a tray. Nothing happens while the window is in use. GUI thread.
void notifyDone(QWidget& window, const QString& title, const QString& text);

} // namespace headroom::ui
