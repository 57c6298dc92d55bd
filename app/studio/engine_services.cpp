#include "app/studio/engine_services.h"

#include "core/engine/dataset_service.h"
#include "core/engine/forecast_service.h"
#include "core/engine/listening_service.h"
#include "core/engine/measure_service.h"
#include "core/engine/run_store.h"
#include "core/engine/separation_service.h"
#include "core/engine/training_session.h"

namespace headroom::app {

ui::Services engineServices() {
    return {.forecast = makeForecastService(),
            .measure = makeMeasureService(),
            .training = makeYieldingTrainingSession(),
            .runs = makeRunStore(),
            .listening = makeListeningService(),
            .separation = makeSeparationService(),
            .dataset = makeDatasetService()};
}

} // namespace headroom::app
