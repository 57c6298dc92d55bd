// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

namespace headroom::ui {

/// Parses a number that a user typed: as in YAML ("2.5", "3e-4") or with a decimal comma ("2,5"), in
/// half-width or full-width characters. Returns nothing for ambiguous text ("1,500") and for anything that is
/// not a number; digits are never joined across a separator.
/// @param whole accept whole numbers only
std::optional<double> readTypedNumber(const QString& text, bool whole);

/// Whether the text is the beginning of a number of that kind.
bool beginsTypedNumber(const QString& text, bool whole);

} // namespace headroom::ui
