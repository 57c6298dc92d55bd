#pragma once

#include "core/view/run_curve.h"
#include "core/view/run_history.h"

#include <cstdint>
#include <optional>

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

} // namespace headroom::ui
