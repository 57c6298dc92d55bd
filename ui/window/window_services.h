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

#include <memory>

namespace headroom::ui {

/// The engine's services for the window. Parts of the window whose service is null are absent.
struct Services {
    std::unique_ptr<ForecastService> forecast;
    std::unique_ptr<ProfileService> profile;    ///< needs `forecast`
    std::unique_ptr<SnapshotService> snapshots; ///< needs `forecast`
    std::unique_ptr<TrainingSession> training;
    std::unique_ptr<OverfitService> overfit;     ///< needs `training`
    std::unique_ptr<ListeningService> auditions; ///< needs `training`; another than `listening`, whose
                                                 ///< songs it would cancel
    std::unique_ptr<RunStore> runs;
    std::unique_ptr<ListeningService> listening;   ///< needs `separation`
    std::unique_ptr<SeparationService> separation; ///< needs `listening`
    std::unique_ptr<DatasetService> dataset;
    std::unique_ptr<WeightsService> weights; ///< needs `runs`
};

} // namespace headroom::ui
