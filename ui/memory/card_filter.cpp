// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/card_filter.h"

#include <algorithm>

namespace headroom::ui {

void CardFilter::setText(const QString& text) {
    words_ = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool CardFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (row == sourceModel()->rowCount(parent) - 1)
        return true;
    const QString card = sourceModel()->index(row, 0, parent).data().toString();
    return std::ranges::all_of(
        words_, [&card](const QString& word) { return card.contains(word, Qt::CaseInsensitive); });
}

} // namespace headroom::ui
