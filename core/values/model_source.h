// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// The weights to separate with, the device and the separation options. Absent options are taken from the
/// configuration of the weights.
struct ModelSource {
    std::string weights;                ///< weights file; empty: the best weights of `run`
    std::string run;                    ///< run folder; uses EMA weights if the run has them
    std::optional<std::int64_t> step;   ///< use this checkpoint of `run`
    std::string config;                 ///< YAML file; empty: the one in the weights, or inferred from them
    std::string device = "auto";        ///< "auto", "cpu", "cuda", "cuda:1"
    std::optional<double> overlap;      ///< overlap of consecutive segments, as a fraction, 0 ... 0.9
    std::optional<double> chunkSeconds; ///< segment length, seconds
    std::optional<int> batchSize;       ///< segments that are separated together; 0: as many as fit a card
    std::optional<bool> testTimeAugmentation;
};

} // namespace headroom
