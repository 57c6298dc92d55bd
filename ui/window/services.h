#pragma once

#include "core/session/dataset_service.h"
#include "core/session/forecast_service.h"
#include "core/session/listening_service.h"
#include "core/session/profile_service.h"
#include "core/session/run_store.h"
#include "core/session/separation_service.h"
#include "core/session/training_session.h"

#include <memory>

namespace headroom::ui {

/// What the engine does for the window; the program hands it over. Where a service is null, what needs it is
/// absent from the window.
struct Services {
    std::unique_ptr<ForecastService> forecast;
    std::unique_ptr<ProfileService> measure; ///< together with `forecast`
    std::unique_ptr<TrainingSession> training;
    std::unique_ptr<RunStore> runs;
    std::unique_ptr<ListeningService> listening;   ///< together with `separation`
    std::unique_ptr<SeparationService> separation; ///< together with `listening`
    std::unique_ptr<DatasetService> dataset;
};

} // namespace headroom::ui
