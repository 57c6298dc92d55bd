#pragma once

#include "core/values/forecast.h"

#include <QString>

/// Memory and verdicts in words.
namespace headroom::ui {

/// "5.1": GiB, by nvidia-smi's count.
QString gibNumber(std::int64_t bytes, int decimals = 1);
/// "5.1 GiB", or "87 MiB" where that says more.
QString bytesText(std::int64_t bytes);

/// One as long as any of a card: for the room that they need.
QString longestBytesText();

/// "fits", "tight", "does not fit".
QString verdictText(Verdict verdict);
/// Name of the icon that goes with it.
QString verdictIcon(Verdict verdict);

/// "Saved for backward".
QString memoryPartTitle(MemoryPart part);

} // namespace headroom::ui
