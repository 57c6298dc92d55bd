// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/engine_services.h"

#include "core/engine/forecast_now.h"
#include "core/engine/services.h"

namespace headroom::app {

ui::Services engineServices() {
    return {.forecast = makeForecastService(),
            .profile = makeProfileService(),
            .training = makeYieldingTrainingSession(),
            .runs = makeRunStore(),
            .listening = makeListeningService(),
            .separation = makeSeparationService(),
            .dataset = makeDatasetService(),
            .weights = makeWeightsService()};
}

} // namespace headroom::app
