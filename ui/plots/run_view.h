#pragma once

#include "ui/models/run_curve.h"
#include "ui/models/run_history.h"

#include <QColor>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom::ui {

struct Palette;

/// What the charts of a run show: which stretch, and how.
struct RunView {
    const RunHistory* history = nullptr;
    const Palette* palette = nullptr;
    RunScale scale = {};
    double from = 0; ///< the visible stretch of the time axis
    double to = 1;
    int columns = 1; ///< pixels that it covers
    double smoothing = 0.9;
    bool logLoss = true;
    std::optional<std::int64_t> forecast = {}; ///< bytes of the device that the run was forecast to take
};

/// How a line, or whatever stands for a number, looks beside its name.
enum class Sign { Line, Dashed, DashDotted, Faint, Dot, Diamond, Square, Area, Hatch };

/// One number of a chart at one moment.
struct ReadoutLine {
    QString name;
    QString value; ///< "–" where there is none
    QColor colour;
    Sign sign = Sign::Line;
};

/// What a chart says at one moment.
struct Readout {
    QString title;
    QString unit;
    std::vector<ReadoutLine> lines;
};

} // namespace headroom::ui
