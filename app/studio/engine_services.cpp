// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/engine_services.h"

#include "core/engine/services.h"
#include "core/setup/library_path.h"
#include "core/setup/libtorch_folder.h"

#include <filesystem>

namespace headroom::app {
namespace {

/// The command line, which is beside the window; in a build folder, in the folder above.
RankProgram rankProgram() {
    const std::filesystem::path folder = programsFolder();
    const std::filesystem::path beside = folder / "headroom";
    std::error_code error;
    return {std::filesystem::is_regular_file(beside, error) ? beside : folder.parent_path() / "headroom",
            {libraryPathVariable()}};
}

} // namespace

ui::Services engineServices() {
    return {.forecast = makeForecastService(),
            .profile = makeProfileService(),
            .snapshots = makeSnapshotService(),
            .training = makeYieldingTrainingSession(rankProgram()),
            .overfit = makeOverfitService(),
            .auditions = makeListeningService(),
            .runs = makeRunStore(),
            .listening = makeListeningService(),
            .separation = makeSeparationService(),
            .dataset = makeDatasetService(),
            .weights = makeWeightsService()};
}

} // namespace headroom::app
