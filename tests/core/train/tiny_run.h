// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "tests/support/tiny_dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom::test {

/// A data set and a configuration so small that a step takes milliseconds: three bands, dimension 16, one
/// layer, segments of 0.1 s at 8 kHz, three training songs and one validation song.
class TinyRun {
public:
    TinyRun() {
        for (const char* name : {"train/a", "train/b", "train/c", "train/judge"})
            dataset_.add(
                name,
                {.stems = {"drums", "vocals"}, .frames = 12000, .spec = {.sampleRate = 8000, .channels = 1}});
    }

    std::string root() const { return dataset_.root().string(); }

    /// Epochs of 5 steps in groups of 3 and 2; warm-up, plateau and decay are active.
    RunConfig config() const {
        RunConfig config;
        config.audio = {.sampleRate = 8000, .channels = 1, .nFft = 64, .hopLength = 32, .segmentLength = 0.1};
        config.model.hiddenDim = 16;
        config.model.numLayers = 1;
        config.model.dState = 16;
        config.model.freqsPerBands = {8, 8, 17};
        config.training.batchSize = 2;
        config.training.gradientAccumulationSteps = 3;
        config.training.stepsPerEpoch = 5;
        config.training.numEpochs = 4;
        config.training.precision = Precision::Fp32;
        config.training.numWorkers = 0;
        config.training.emaDecay = 0.9;
        config.training.warmupSteps = 3;
        config.training.plateauPatience = 1;
        config.training.decayTo = 0.1;
        config.loss.stftWindows = {128, 64};
        config.loss.stftHop = 32;
        config.data.root = root();
        config.data.pitchShift = 2;
        config.data.validation = std::vector<std::string>{"judge"};
        config.separation.chunkSeconds = 0.5;
        return config;
    }

private:
    TinyDataset dataset_;
};

} // namespace headroom::test
