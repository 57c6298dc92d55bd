// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Weights of a run to try, and their description.
struct RunWeights {
    std::filesystem::path file;
    std::string name; ///< "the checkpoint of step 132, with the best validation"
};

/// The weights of a run in the order to try them: the best checkpoint, then the newest. Or those of one step.
/// Throws Error (Input) if there is no such run, or it has no such checkpoint.
std::vector<RunWeights> weightsOfRun(const std::filesystem::path& run,
                                     std::optional<std::int64_t> requested = {});

} // namespace headroom
