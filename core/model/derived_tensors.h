// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace headroom {

struct ModelShape;

/// Tensors in the published weights of a RoFormer that are not parameters: the frequencies of positions,
/// under the name of every attention, and the biases of polar positions under the names of all but the first
/// layer, which share them.
bool isDerivedTensor(const std::string& name, const ModelShape& shape);

/// Throws Error (Input), with `file` as the place, if such a tensor has other values than this model, whose
/// results would then differ.
/// @param tensors by name; others are ignored
void checkDerivedTensors(const std::map<std::string, at::Tensor>& tensors, const ModelShape& shape,
                         const std::string& file);

} // namespace headroom
