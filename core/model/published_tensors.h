// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

namespace headroom {

/// Adds the tensors that other programs store with the parameters of a RoFormer, which a strict load expects:
/// the frequencies of the positions, which every attention has under its own name, and the biases of polar
/// positions, which all layers share.
/// @param parameters of any model, by their names in Headroom
TensorMap publishedTensors(TensorMap parameters);

} // namespace headroom
