// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QString;
class QWidget;

namespace headroom::ui {

/// Sends a message to the screen reader, independent of the focus: a new verdict, a score, an error. Qt drops
/// it when no screen reader is active. GUI thread.
/// @param source widget that the message is about; part of a window
void announce(QWidget& source, const QString& message);

} // namespace headroom::ui
