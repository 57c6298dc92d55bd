#pragma once

#include "core/session/dataset_service.h"
#include "core/session/forecast_service.h"
#include "core/session/listening_service.h"
#include "core/session/profile_service.h"
#include "core/session/run_store.h"
#include "core/session/separation_service.h"
#include "core/session/training_session.h"

#include <functional>
#include <memory>
#include <string>

/// The services of core/session, implemented on this machine. Each does its work on a thread of its own and
/// joins it when destroyed.
namespace headroom {

std::unique_ptr<DatasetService> makeDatasetService();
/// Best made before other threads compute.
std::unique_ptr<ForecastService> makeForecastService();
/// Works on one core of this machine, at low priority.
std::unique_ptr<ListeningService> makeListeningService();
/// Works at low priority.
std::unique_ptr<ProfileService> makeProfileService();
std::unique_ptr<RunStore> makeRunStore();
std::unique_ptr<SeparationService> makeSeparationService();
/// A session whose runs train at normal priority.
/// @param onLine receives every event as its journal line, without the newline, before the event sink does
/// and on the
///               same thread; must not throw; may be empty
std::unique_ptr<TrainingSession>
makeTrainingSession(std::function<void(const std::string& line)> onLine = {});
/// The same at low priority, for runs that a window shows.
std::unique_ptr<TrainingSession> makeYieldingTrainingSession();

} // namespace headroom
