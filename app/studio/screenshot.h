#pragma once

class QString;

namespace headroom::ui {
class Studio;
}

namespace headroom::app {

/// Has a picture of the window written, and the event loop ended: with 0, or with 1 where there is no
/// picture, because the file cannot be written or a dialog waits for an answer.
/// @param seconds before that; more while something in the window is still being worked out
void writeScreenshot(ui::Studio& studio, const QString& path, int seconds);

} // namespace headroom::app
