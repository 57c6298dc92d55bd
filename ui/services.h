#pragma once

#include "core/session/forecast_service.h"

#include <memory>

namespace headroom::ui {

/// What the engine does for the window; the program hands it over. Where a service is null, what needs it is
/// absent from the window.
struct Services {
    std::unique_ptr<ForecastService> forecast;
};

} // namespace headroom::ui
