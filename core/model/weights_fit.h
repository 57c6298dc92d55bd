// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/parameters.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

/// Checks whether the tensors of a file are the parameters of a model, without allocating the model.
namespace headroom {

struct ModelShape;

using NamedTensors = std::map<std::string, at::Tensor>;

/// Throws Error (Input), with `file` as the place, unless some tensors have names of a model of this kind.
/// The kinds share most names.
void requireKind(const NamedTensors& tensors, ModelKind kind, const std::string& file);

/// Compares all names and shapes with those of the model, apart from derived tensors (see
/// isDerivedTensor()). Allocates no parameters.
LoadReport compareWeights(const NamedTensors& tensors, const ModelShape& shape);

/// Throws Error (Input), with `file` as the place, unless the tensors are exactly the parameters of the
/// model. Ignores buffers that training programs save with a model (windows, counters). The message compares
/// the sizes of file and configuration, or lists the first tensors that differ.
/// @param remedy a sentence, used if tensors differ
void requireFit(const NamedTensors& tensors, const ModelShape& shape, const std::string& file,
                const std::string& remedy);

} // namespace headroom
