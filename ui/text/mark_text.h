// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_history.h"

#include <QString>

namespace headroom::ui {

/// Severity of a mark.
enum class MarkKind { Note, Change, Warning, Fault };

/// Text of a mark.
struct MarkText {
    MarkKind kind = MarkKind::Note;
    QString text;   ///< label: "batch_size 5 → 2"
    QString detail; ///< full sentences; may be empty
};

MarkText markText(const RunHistory::Mark& mark);

/// "8 min", "2 d 3 h": the two largest units.
QString durationText(double seconds);
/// "2.35 s", "12.3 ms", "29.0 µs": three significant digits.
QString stepTimeText(double seconds);

} // namespace headroom::ui
