// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QString;
class QWidget;

namespace headroom::ui {

/// Notifies a user in another window that a long operation is done: requests attention for the window and
/// shows a desktop notification if there is a system tray. Does nothing while the window is active. GUI
/// thread.
void notifyDone(QWidget& window, const QString& title, const QString& text);

} // namespace headroom::ui
