// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QColor>
#include <QString>

#include <array>

namespace headroom::ui {

struct Palette;

/// What the memory of a card holds, in the stacking order of bars and timelines.
enum class CardPart {
    Others, ///< other programs, and what is kept free for them
    Context,
    Exchange, ///< what NCCL keeps between ranks; the highest estimate
    Workspaces,
    Parameters,
    Ema,
    Gradients,
    OptimizerState,
    Batch,
    SavedActivations,
    Temporaries,
    Slack, ///< reserved by the allocator but not allocated
};

inline constexpr std::size_t cardParts = 12;

/// Bytes, by CardPart.
using CardUse = std::array<std::int64_t, cardParts>;

/// The memory at the peak of a forecast, with its reserve. Adds up to its deviceTotal.
/// @param others bytes that other programs hold
CardUse cardUse(const Forecast& forecast, std::int64_t others);

CardPart cardPart(MemoryPart part);
QString cardPartTitle(CardPart part);
const QColor& cardPartColor(const Palette& palette, CardPart part);
/// Whether a part is drawn hatched: memory that holds no tensor of the step.
bool isHatched(CardPart part);

} // namespace headroom::ui
