// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/dataset_service.h"
#include "core/session/forecast_service.h"
#include "core/session/listening_service.h"
#include "core/session/overfit_service.h"
#include "core/session/profile_service.h"
#include "core/session/run_store.h"
#include "core/session/separation_service.h"
#include "core/session/snapshot_service.h"
#include "core/session/training_session.h"
#include "core/session/weights_service.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// The services of core/session, implemented on this machine. Each has a worker thread and joins it in its
/// destructor.
namespace headroom {

std::unique_ptr<DatasetService> makeDatasetService();
/// Call it before other threads compute.
std::unique_ptr<ForecastService> makeForecastService();
/// Uses one core, at low priority.
std::unique_ptr<ListeningService> makeListeningService();
/// Runs at low priority.
std::unique_ptr<OverfitService> makeOverfitService();
/// Runs at low priority.
std::unique_ptr<ProfileService> makeProfileService();
std::unique_ptr<RunStore> makeRunStore();
std::unique_ptr<SeparationService> makeSeparationService();
/// Runs at low priority.
std::unique_ptr<SnapshotService> makeSnapshotService();
/// A session that trains at normal priority.
/// @param onLine receives every event as its journal line, without the newline, on the same thread as the
///               event sink and before it; must not throw; may be empty
std::unique_ptr<TrainingSession>
makeTrainingSession(std::function<void(const std::string& line)> onLine = {});
/// The program headroom, and variables of the environment that it needs: "NAME=value".
struct RankProgram {
    std::filesystem::path path;
    std::vector<std::string> variables;
};
/// A session that trains at low priority, for the window. It starts and ends the ranks of a run that has
/// several.
std::unique_ptr<TrainingSession> makeYieldingTrainingSession(RankProgram ranks);
std::unique_ptr<WeightsService> makeWeightsService();

} // namespace headroom
