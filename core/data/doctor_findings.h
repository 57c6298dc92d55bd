#pragma once

#include "core/session/dataset_report.h"

#include <vector>

namespace headroom {

/// What is wrong with these songs, the severest first, then in the order of the songs. Pure.
std::vector<DatasetProblem> findProblems(const std::vector<SongReport>& songs);

} // namespace headroom
