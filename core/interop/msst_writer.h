// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>
#include <vector>

namespace headroom {

/// A configuration for MSST's training and inference programs.
struct MsstText {
    std::string yaml;
    /// "data.pitch_shift: 2 -> 0" for each option that MSST cannot express, with the value it reads instead.
    std::vector<std::string> unsupported;
};

/// Writes a configuration for MSST. convertMsst reads the same configuration back, except for `unsupported`.
/// @throws Error (Input) that names the options of model, audio and targets that MSST cannot express: its
///         model would be a different one
MsstText writeMsst(const RunConfig& config);

/// The name that MSST's --model_type takes: "bs_mamba2", "bs_roformer", "mel_band_roformer".
std::string msstModelType(const RunConfig& config);

} // namespace headroom
