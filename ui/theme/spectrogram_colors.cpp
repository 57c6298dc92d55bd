// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/spectrogram_colors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::ui {

QColor spectrogramColor(double level) {
    static const std::array<QColor, 8> stops = {"#000004", "#1A1042", "#4A1079", "#7D2482",
                                                "#B63679", "#EB5760", "#FB8F66", "#FCEFC0"};
    const double position = std::clamp(level, 0.0, 1.0) * (stops.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(position), stops.size() - 2);
    const double fraction = position - static_cast<double>(below);
    const auto mixed = [&](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * fraction)); };
    const QColor& low = stops[below];
    const QColor& high = stops[below + 1];
    return {mixed(low.red(), high.red()), mixed(low.green(), high.green()), mixed(low.blue(), high.blue())};
}

QList<QRgb> spectrogramColors(double floor) {
    QList<QRgb> table;
    for (int i = 0; i < 256; ++i) {
        const double decibels = i / 2.0 - 127.5;
        table.append(spectrogramColor(1 - decibels / floor).rgb());
    }
    return table;
}

} // namespace headroom::ui
