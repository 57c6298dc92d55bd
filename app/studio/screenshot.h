// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QString;

namespace headroom::ui {
class Studio;
}

namespace headroom::app {

/// Saves a picture of the window after a delay and exits the event loop: with 0, or with 1 if the file cannot
/// be written or a dialog is open.
/// @param seconds delay; longer if the window is still busy
void writeScreenshot(ui::Studio& studio, const QString& path, int seconds);

} // namespace headroom::app
