// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

struct ImportOptions {
    /// Import the tensors that fit and ignore missing, additional and differently shaped ones. The output is
    /// then marked as partial: it can initialize training, but not separate.
    bool partial = false;
    bool average = false;     ///< take the EMA of the weights
    std::string license = {}; ///< empty: the one in the metadata of the file, or else "not stated"
};

struct ImportReport {
    std::int64_t tensors = 0;            ///< written tensors
    std::int64_t parameters = 0;         ///< written numbers
    std::vector<std::string> missing;    ///< parameters that the file lacks; partial import only
    std::vector<std::string> wrongShape; ///< "name: [16, 4] given, [16, 8] needed"; partial import only
    std::vector<std::string> leftOut;    ///< tensors of the file that are not parameters of the model
    std::vector<std::string> notices;    ///< other notices, as sentences
};

/// Converts published weights (.ckpt, .pt, .pth, .th or .safetensors) to a weights file of Headroom that
/// includes the configuration of the model. Executes nothing in the file, and takes memory only for tensors
/// that fit.
/// @param config of the model. Absent: see configOfWeights()
/// @throws Error (Input), with nothing written, if the file is damaged, has none of the parameters, lacks the
///         requested EMA or, unless `partial`, does not match the model exactly; Error (Failure) if `output`
///         cannot be written
ImportReport importWeights(const std::string& input, const std::string& output,
                           const std::optional<RunConfig>& config, const ImportOptions& options = {});

} // namespace headroom
