// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <string>
#include <vector>

namespace headroom {

/// Weights of a checkpoint.
struct TorchArchive {
    TensorMap tensors;
    std::string set;                    ///< key of their mapping; empty if it has none
    std::vector<std::string> otherSets; ///< keys of other mappings with a similar number of tensors, not used
};

/// Reads the weights of a checkpoint of torch.save (PyTorch 1.6 or later) without executing anything in it.
///
/// Uses the mapping from names to tensors with the key "state_dict", "model_state_dict", "model" or "state",
/// otherwise the first large one; an EMA ("ema" in the key) only if there is no other. Ignores everything
/// else (optimizer state, hyperparameters, objects of any class). Tensors are on the CPU and may be views of
/// one storage. Safe for untrusted files: a malicious or damaged file cannot cause a crash, a hang, or memory
/// use much above the file size. Throws Error (Input).
TorchArchive readTorchArchive(const std::string& path);

} // namespace headroom
