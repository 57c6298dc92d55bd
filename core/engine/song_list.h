// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/listening.h"

#include <string>

namespace headroom {

/// The songs of a data set: test, validation (by data.validation of the configuration), train. Skips songs
/// with inconsistent files, with a notice. Throws Error (Input) if there is no data set.
SongList songsOfDataset(const std::string& dataset, const RunConfig& config);

} // namespace headroom
