// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <string>
#include <vector>

namespace headroom {

/// Which weights of a file to use.
enum class WeightSet {
    Trained, ///< those that were trained
    Average, ///< their EMA, if the file has one
};

/// Weights of a checkpoint.
struct TorchArchive {
    TensorMap tensors;
    std::string set;                    ///< key of their mapping; empty if it has none
    std::vector<std::string> otherSets; ///< keys of other mappings with a similar number of tensors, not used
};

/// Whether this is the key of an EMA.
bool isAverageSet(const std::string& key);

/// Reads the weights of a checkpoint of torch.save (PyTorch 1.6 or later) without executing anything in it.
///
/// Uses the mapping from names to tensors with the key "state_dict", "model_state_dict", "model" or "state",
/// otherwise the first large one; an EMA ("ema" in the key) only if there is no other. Ignores everything
/// else (optimizer state, hyperparameters, objects of any class). Tensors are on the CPU and may be views of
/// one storage. Safe for untrusted files: a malicious or damaged file cannot cause a crash, a hang, or memory
/// use much above the size of the tensors that are read. Throws Error (Input).
/// @param wanted selects tensors of that mapping; the others take no memory
/// @param set Average: uses the EMA that the published code of BSMamba2 keeps with its optimizer, under the
///        set "optimizer_states.ema", or else a mapping with "ema" in its key, or else the same weights as
///        Trained
TorchArchive readTorchArchive(const std::string& path, const TensorFilter& wanted = {},
                              WeightSet set = WeightSet::Trained);

/// The same without the data of the tensors, which are on the Meta device and of type float.
TorchArchive readTorchShapes(const std::string& path, WeightSet set = WeightSet::Trained);

} // namespace headroom
