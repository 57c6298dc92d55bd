// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

namespace headroom::test {

/// The smallest model with all parts of a real one. A step takes milliseconds.
inline RunConfig smallConfig() {
    RunConfig config;
    config.audio.channels = 1;
    config.audio.nFft = 64;
    config.audio.hopLength = 32;
    config.model.hiddenDim = 16;
    config.model.numLayers = 1;
    config.model.dState = 8;
    config.model.headdim = 16;
    config.model.freqsPerBands = {1, 8, 8, 16};
    config.loss.stftWindows = {256, 64};
    config.training.precision = Precision::Fp32;
    config.training.learningRate = 1e-3;
    config.training.emaDecay = 0.9;
    config.training.seed = 5;
    return config;
}

} // namespace headroom::test
