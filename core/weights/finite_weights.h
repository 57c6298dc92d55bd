// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <string>

namespace headroom {

/// Throws Error (Input) that names the first tensor with NaN or infinite numbers, if there is one.
/// @param file where the tensors are from
void requireFinite(const TensorMap& tensors, const std::string& file);

} // namespace headroom
