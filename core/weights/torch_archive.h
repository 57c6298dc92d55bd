#pragma once

#include "core/weights/safetensors.h"

#include <string>

namespace headroom {

/// Reads the weights out of a checkpoint that torch.save wrote (PyTorch 1.6 or later), without executing
/// anything in it: the tensors of its "state_dict", wherever that lies, or else of the first mapping from
/// names to tensors. All else in the file (optimizer states, settings, objects of any class) is passed over.
/// Tensors are on the CPU and may be views of one storage. A hostile or damaged file cannot make it crash,
/// hang or take much more memory than the file's size. Throws Error (Input).
TensorMap readTorchArchive(const std::string& path);

} // namespace headroom
