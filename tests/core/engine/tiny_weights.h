// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_file.h"
#include "core/model/band_split_model.h"
#include "core/model/model_shape.h"
#include "core/weights/safetensors.h"

#include <ATen/ATen.h>

#include <filesystem>

namespace headroom::test {

/// A model that separates a second of audio in milliseconds.
inline RunConfig tinyConfig() {
    RunConfig config;
    config.audio = {.sampleRate = 8000, .channels = 2, .nFft = 64, .hopLength = 32, .segmentLength = 0.5};
    config.model.hiddenDim = 16;
    config.model.numLayers = 1;
    config.model.dState = 16;
    config.model.freqsPerBands = {8, 8, 17};
    config.training.precision = Precision::Fp32;
    config.separation.chunkSeconds = 0.5;
    return config;
}

inline TensorMap tensorsOf(const BandSplitModel& model) {
    TensorMap tensors;
    for (const auto& entry : model.parameters().entries())
        tensors.emplace(entry.name, entry.value.detach());
    return tensors;
}

/// Writes newly initialized weights with their configuration.
inline void writeTinyWeights(const std::filesystem::path& path, const RunConfig& config = tinyConfig()) {
    const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 1);
    writeSafetensors(path.string(), tensorsOf(model), {{"config", dumpConfig(config)}});
}

} // namespace headroom::test
