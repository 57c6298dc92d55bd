#pragma once

#include "core/weights/safetensors.h"

#include <string>
#include <vector>

namespace headroom {

struct TorchArchive {
    TensorMap tensors;
    std::string set;                    ///< the key under which they lie; empty where it has none
    std::vector<std::string> otherSets; ///< keys of other sets of about as many tensors, not taken
};

/// Reads the weights out of a checkpoint that torch.save wrote (PyTorch 1.6 or later), without executing
/// anything in it: of its mappings from names to tensors the one called "state_dict", "model_state_dict",
/// "model" or "state", else the first large one; a moving average ("ema") only where there is no other. All
/// else in the file (optimizer states, settings, objects of any class) is passed over. Tensors are on the CPU
/// and may be views of one storage. A hostile or damaged file cannot make it crash, hang or take much more
/// memory than the file's size. Throws Error (Input).
TorchArchive readTorchArchive(const std::string& path);

} // namespace headroom
