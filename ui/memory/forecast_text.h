// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace headroom {
struct Fit;
}

namespace headroom::ui {

class ForecastModel;

/// The current forecast as text. Empty before the first one.
struct ForecastText {
    QString headline; ///< "Fits: 5.1 of 8.0 GiB"
    QString time;     ///< "about 14 to 25 min an epoch, not measured"
    QString detail;   ///< headroom or overrun, assumptions, accuracy
};

ForecastText forecastText(const ForecastModel& model);

/// "RTX 4060, 8 GiB"
QString cardText(const ForecastModel& model, int index);

/// "Slices 32: 6.0 GiB, about 14 to 25 min an epoch, 2 % slower"
QString fitText(const Fit& fit);

/// "Slices 32": the name of the change in the undo list.
QString fitName(const Fit& fit);

} // namespace headroom::ui
