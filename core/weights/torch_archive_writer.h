// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <string>

namespace headroom {

/// What a checkpoint of torch.save contains.
enum class TorchLayout {
    StateDict, ///< an OrderedDict from names to tensors, as model.state_dict() gives it
    Lightning, ///< a dict with that under "state_dict", and the members that PyTorch Lightning expects
};

/// Writes tensors as torch.save does, so that torch.load(weights_only=True) reads them. They become fp32, and
/// share no memory. Equal tensors give equal bytes. The file is written atomically (AtomicFile).
/// @throws Error (Input) for a pipe, Error (Failure) if the file cannot be written
void writeTorchArchive(const std::string& path, const TensorMap& tensors, TorchLayout layout);

} // namespace headroom
