// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/model_source_options.h"

#include "app/device_option.h"
#include "app/real_range.h"

#include <cstdint>

namespace headroom::app {

void addModelOptions(CLI::App& command, ModelSource& source) {
    auto* weights = command.add_option("--weights", source.weights,
                                       "Weights file: .safetensors, .ckpt, .pt, .pth or .th");
    auto* run = command.add_option("--run", source.run, "Run folder, whose best weights are used");
    weights->excludes(run);
    command.add_option(
        "--config", source.config,
        "Configuration file (YAML); default: the one in the weights, or else inferred from their tensors");
    command.add_option("--device", source.device, deviceOptionHelp)->capture_default_str();
    command
        .add_option("--overlap", source.overlap, "Share of a segment that overlaps with the next, 0 to 0.9")
        ->check(realRange(0.0, 0.9))
        ->default_str("as configured");
    command.add_option("--chunk-seconds", source.chunkSeconds, "Length of a segment in seconds")
        ->check(realRange(0.1, 600.0))
        ->default_str("as configured");
    command
        .add_option("--batch-size", source.batchSize,
                    "Segments that are separated together; 0: on a card, as many as fit by forecast")
        ->check(CLI::Range(0, 256))
        ->default_str("as configured");
    command.add_flag_function(
        "--tta,!--no-tta", [&source](std::int64_t count) { source.testTimeAugmentation = count > 0; },
        "Test-time augmentation: average with inverted polarity and swapped channels; three times the time");
}

} // namespace headroom::app
