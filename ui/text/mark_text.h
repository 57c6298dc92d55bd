#pragma once

#include "core/view/run_history.h"

#include <QString>

namespace headroom::ui {

/// How much a mark matters.
enum class MarkKind { Note, Change, Warning, Fault };

/// A mark in words.
struct MarkText {
    MarkKind kind = MarkKind::Note;
    QString text;   ///< short: "batch_size 5 → 2"
    QString detail; ///< whole sentences; may be empty
};

MarkText markText(const RunHistory::Mark& mark);

/// "8 min", "2 d 3 h": the two largest units.
QString durationText(double seconds);
/// "2.35 s", "12.3 ms", "29.0 µs": three digits.
QString stepTimeText(double seconds);

} // namespace headroom::ui
