// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/data/outage.h"
#include "core/data/song_library.h"
#include "core/train/validator.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The songs of a run.
struct TrainingData {
    std::vector<Song> training; ///< at least one, each with all targets
    Validator validator;
    std::optional<Song> audition; ///< the song of the auditions; absent if there are none
    std::vector<std::string> notices;
    std::string summary; ///< of all songs, see songsSummary()
};

/// Opens the songs of config.data.root and splits them into training and validation. Throws Error (Input).
/// @param outage used by the validator when files become unreachable
TrainingData openTrainingData(const RunConfig& config, std::shared_ptr<Outage> outage);

} // namespace headroom
