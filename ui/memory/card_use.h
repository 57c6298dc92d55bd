#pragma once

#include "core/values/forecast.h"

#include <QColor>
#include <QString>

#include <array>

namespace headroom::ui {

struct Palette;

/// What a card's memory is in use for, in the order in which bars and timelines stack it.
enum class CardPart {
    Others, ///< other programs
    Context,
    Workspaces,
    Parameters,
    Ema,
    Gradients,
    OptimizerState,
    Batch,
    SavedActivations,
    Temporaries,
    Slack, ///< reserved by the allocator beyond what is allocated
};

inline constexpr std::size_t cardParts = 11;

/// Bytes, by CardPart.
using CardUse = std::array<std::int64_t, cardParts>;

/// At the peak of a forecast; adds up to its deviceTotal.
CardUse cardUse(const Forecast& forecast, std::int64_t others);

CardPart cardPart(MemoryPart part);
QString cardPartTitle(CardPart part);
const QColor& cardPartColor(const Palette& palette, CardPart part);
/// Whether it is drawn hatched: memory that no tensor of the step holds.
bool isHatched(CardPart part);

} // namespace headroom::ui
