// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QString>

/// Display text of memory sizes, memory parts and verdicts.
namespace headroom::ui {

/// Bytes in GiB.
double gib(std::int64_t bytes);
/// "5.1": binary gibibytes, without a unit.
QString gibNumber(std::int64_t bytes, int decimals = 1);
/// "5.1 GiB", or "87 MiB" for small sizes. Negative values are shown as 0.
QString bytesText(std::int64_t bytes);

/// The longest text that bytesText() gives for a card; for reserving width.
QString longestBytesText();

/// "fits", "tight", "does not fit".
QString verdictText(Verdict verdict);
/// Icon name for a verdict, see themeIcon().
QString verdictIcon(Verdict verdict);

/// "Saved for backward".
QString memoryPartTitle(MemoryPart part);

} // namespace headroom::ui
