// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/run_curve.h"
#include "core/view/run_history.h"

#include <cstdint>
#include <optional>

namespace headroom::ui {

struct Palette;

/// What the charts of a run show, and how.
struct RunView {
    const RunHistory* history = nullptr;
    const Palette* palette = nullptr;
    RunScale scale = {};
    double from = 0; ///< visible range of the time axis
    double to = 1;
    int columns = 1; ///< width of that range, pixels
    double smoothing = 0.9;
    bool logLoss = true;
    std::optional<std::int64_t> forecast = {}; ///< forecast of the run's device memory, bytes
};

} // namespace headroom::ui
