// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace headroom::ui {

struct Palette;

/// The application's style sheet, for what a QPalette cannot express. It selects on these widget properties:
/// `primary` (the main button of a region), `second` and `faint` (less prominent text), `stale` (outdated
/// figures), `good`, `bad` and `faulty` (state), `segment` and `flat` (kinds of button), and `role` =
/// "frame", "panel", "box" or "line".
QString styleSheet(const Palette& palette);

} // namespace headroom::ui
