#pragma once

#include <QString>

#include <optional>

namespace headroom::ui {

/// A number as people type it: as in YAML ("2.5", "3e-4"), or with a comma as the decimal point ("2,5"), in
/// half-width or full-width characters. Digits are never joined across a separator: what could mean two
/// numbers ("1,500") is none, nor is text with anything else in it.
std::optional<double> readTypedNumber(const QString& text, bool whole);

/// Whether more typing could make this a number of that kind.
bool beginsTypedNumber(const QString& text, bool whole);

} // namespace headroom::ui
