// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/card_use.h"

#include "ui/text/memory_text.h"
#include "ui/theme/palette.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

constexpr auto firstOfStep = static_cast<std::size_t>(CardPart::Workspaces);
constexpr auto slack = static_cast<std::size_t>(CardPart::Slack);
static_assert(slack - firstOfStep == memoryParts && slack + 1 == cardParts);

} // namespace

CardUse cardUse(const Forecast& forecast, std::int64_t others) {
    CardUse use{};
    const std::int64_t besides = others + forecast.reserve;
    use[static_cast<std::size_t>(CardPart::Others)] = besides;
    use[static_cast<std::size_t>(CardPart::Exchange)] = forecast.exchangeHigh;
    use[static_cast<std::size_t>(CardPart::Context)] =
        forecast.deviceTotal - forecast.peakReserved - forecast.exchangeHigh - besides;
    std::int64_t allocated = 0;
    for (const MemoryPart part : allMemoryParts) {
        const std::int64_t bytes = forecast.parts[static_cast<std::size_t>(part)];
        use[static_cast<std::size_t>(cardPart(part))] = bytes;
        allocated += bytes;
    }
    use[slack] = forecast.peakReserved - allocated;
    return use;
}

CardPart cardPart(MemoryPart part) {
    return static_cast<CardPart>(firstOfStep + static_cast<std::size_t>(part));
}

QString cardPartTitle(CardPart part) {
    switch (part) {
    case CardPart::Others:
        return QCoreApplication::translate("Memory", "Other programs");
    case CardPart::Context:
        return QCoreApplication::translate("Memory", "CUDA context");
    case CardPart::Exchange:
        return QCoreApplication::translate("Memory", "NCCL, estimated");
    case CardPart::Slack:
        return QCoreApplication::translate("Memory", "Cached, unused");
    default:
        return memoryPartTitle(allMemoryParts[static_cast<std::size_t>(part) - firstOfStep]);
    }
}

const QColor& cardPartColor(const Palette& palette, CardPart part) {
    switch (part) {
    case CardPart::Others:
        return palette.otherPrograms;
    case CardPart::Context:
    case CardPart::Exchange:
        return palette.context;
    case CardPart::Slack:
        return palette.slack;
    default:
        return palette.parts[static_cast<std::size_t>(part) - firstOfStep];
    }
}

bool isHatched(CardPart part) {
    return part == CardPart::Others || part == CardPart::Exchange || part == CardPart::Slack;
}

} // namespace headroom::ui
