#pragma once

#include "core/config/run_config.h"
#include "core/data/outage.h"
#include "core/data/song_library.h"
#include "core/train/validator.h"

#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// The songs of a run.
struct TrainingData {
    std::vector<Song> training; ///< at least one, each with all targets
    Validator validator;
    std::vector<std::string> notices;
};

/// Opens the songs of config.data.root and divides them. Throws Error (Input).
/// @param outage of whatever is read later
TrainingData openTrainingData(const RunConfig& config, std::shared_ptr<Outage> outage);

} // namespace headroom
