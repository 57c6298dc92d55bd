#pragma once

#include "core/session/run_store.h"

#include <filesystem>
#include <stop_token>

namespace headroom {

/// Reads what there is to know of the run in a folder. Throws nothing of ours: what cannot be read is said in
/// the summary. Ends early, with what it has, when stopped.
RunSummary summarizeRun(const std::filesystem::path& folder, const std::stop_token& stop);

} // namespace headroom
