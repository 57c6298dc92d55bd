// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QKeyEvent>

namespace headroom::ui {

/// Whether an event of a text field is an undo or redo key that belongs to the window's undo stack. Text
/// fields claim these keys even when they have nothing to undo.
/// @param edited the field has uncommitted text; undo and redo then apply to that text
inline bool isWindowUndo(QEvent& event, bool edited) {
    if (event.type() != QEvent::ShortcutOverride || edited)
        return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo);
}

} // namespace headroom::ui
