#pragma once

#include <QKeyEvent>

namespace headroom::ui {

/// Whether an event of a text field is the key of undo or redo, which a field claims for its own text even
/// where it has nothing to take back. A field in which nothing is being typed leaves both to the window's
/// setting.
inline bool isUndoForTheWindow(QEvent& event, bool typing) {
    if (event.type() != QEvent::ShortcutOverride || typing)
        return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo);
}

} // namespace headroom::ui
