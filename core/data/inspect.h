#pragma once

#include "core/values/dataset_report.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// Songs examined so far, of how many. Called from several threads, one at a time.
using InspectionProgress = std::function<void(std::size_t done, std::size_t total)>;

/// Reads every sound file of the data set (see findSongFolders for the layouts) from beginning to end,
/// several songs at a time, some seconds of sound in memory, and reports what is in it and what is wrong with
/// it. Files that cannot be read are part of the report. Changes nothing.
///
/// @param stems those that add up to the mixture, as data.stems; other files are left out; empty: all
/// @return nothing when stopped   Throws Error where there is no data set.
std::optional<DatasetReport> inspectDataset(const std::filesystem::path& root,
                                            const InspectionProgress& progress = {},
                                            const std::stop_token& stop = {},
                                            const std::vector<std::string>& stems = {});

} // namespace headroom
