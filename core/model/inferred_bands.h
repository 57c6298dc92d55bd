// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// Infers from the features of the bands, for a model of config.model.kind: channels, length of the
/// transform, and bands; on the mel scale also the sample rate, of which common ones are tried.
///
/// The number of bins of a transform is odd for every length in use, which distinguishes mono from stereo.
/// @param features of each band, from low to high: real and imaginary part of every channel and bin
/// @return false if they are those of no such model; `config` is then unchanged
bool setInferredBands(RunConfig& config, const std::vector<std::int64_t>& features);

} // namespace headroom
