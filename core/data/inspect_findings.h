// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <vector>

namespace headroom {

/// The problems of these songs, most severe first, then in the order of the songs. Pure.
/// @param stems  stems that every song must have; empty: those that at least half of the songs have
/// @param unused descriptions of unused folders of the data set
/// @param unaligned see unalignedSongs
std::vector<DatasetProblem> findProblems(const std::vector<SongReport>& songs,
                                         const std::vector<std::string>& stems,
                                         const std::vector<std::string>& unused,
                                         const std::vector<std::string>& unaligned = {});

} // namespace headroom
