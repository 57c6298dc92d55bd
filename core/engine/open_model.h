// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/separate/segment_model.h"
#include "core/values/model_source.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

struct LoadedModel;

/// A model that is ready to separate.
struct OpenModel {
    std::shared_ptr<const LoadedModel> loaded;
    SegmentModel segmentModel; ///< refers to `loaded`
    std::filesystem::path file;
    std::string name;                 ///< description: "the checkpoint of step 132, with the best validation"
    std::string device;               ///< "cpu", "cuda:0"
    std::vector<std::string> notices; ///< sentences: fallbacks, and assumptions about what the file lacks
};

/// Loads the weights of `source`. From a run, loads the checkpoint of `source.step`, or else the best
/// checkpoint, or else the newest. If the best or newest is damaged, falls back to the newest valid one, with
/// a notice; read errors of the disk throw instead. Throws Error as loadModel does, and Error (Input) if
/// `source` has both or neither of weights and run, or the run has no checkpoints.
/// @param stop interrupts a forward pass between two layers, see SeparationStopped
OpenModel openModel(const ModelSource& source, const std::stop_token& stop = {});

} // namespace headroom
