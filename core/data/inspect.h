// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// Called after each song, from several threads, one at a time.
using InspectionProgress = std::function<void(std::size_t done, std::size_t total)>;

/// Reads every audio file of a data set (see findSongFolders for the layouts) completely and reports its
/// contents and problems. Inspects several songs in parallel and streams their audio. Unreadable files become
/// problems in the report. Writes nothing.
///
/// @param stems the stems that add up to the mixture, as in data.stems; other files are ignored; empty: all
/// @param moreRoots data sets whose songs are inspected with them, as in data.more_roots
/// @return absent if a stop was requested
/// @throws Error if there is no data set
std::optional<DatasetReport> inspectDataset(const std::filesystem::path& root,
                                            const InspectionProgress& progress = {},
                                            const std::stop_token& stop = {},
                                            const std::vector<std::string>& stems = {},
                                            const std::vector<std::string>& moreRoots = {});

} // namespace headroom
