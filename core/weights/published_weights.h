#pragma once

#include "core/weights/safetensors.h"

#include <string>

namespace headroom {

/// Reads the weights of a file that another program may have written: a safetensors file or a checkpoint by
/// torch.save, told apart by their content. The prefix "model.", under which training frameworks file a
/// model, is taken off the names. Throws Error (Input).
TensorMap readPublishedWeights(const std::string& path);

} // namespace headroom
