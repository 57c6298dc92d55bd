#pragma once

#include "core/values/dataset_report.h"

#include <vector>

namespace headroom {

/// What is wrong with these songs, the severest first, then in the order of the songs. Pure.
/// @param stems  that every song must have; empty: those that most songs have
/// @param unused what is in the data set and not used, in words
std::vector<DatasetProblem> findProblems(const std::vector<SongReport>& songs,
                                         const std::vector<std::string>& stems,
                                         const std::vector<std::string>& unused);

} // namespace headroom
