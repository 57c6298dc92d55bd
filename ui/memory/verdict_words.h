#pragma once

#include <QString>

namespace headroom {
struct Fit;
}

namespace headroom::ui {

class ForecastModel;

/// The forecast in words; all empty before the first.
struct VerdictWords {
    QString headline; ///< "Fits: 5.1 of 8.0 GiB"
    QString detail;   ///< what stays free, or is too much and where; what was assumed; how far it was right
};

VerdictWords verdictWords(const ForecastModel& model);

/// "RTX 4060, 8.0 GiB"
QString cardText(const ForecastModel& model, int index);

/// "Slices 32: 6.0 GiB, 2 % slower"
QString fitText(const Fit& fit);

/// "Slices 32": what taking the fit is called in the undo list.
QString fitName(const Fit& fit);

} // namespace headroom::ui
