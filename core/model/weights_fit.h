#pragma once

#include "core/model/parameters.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

/// Whether the tensors of a file are the parameters of a model: found out before that model takes memory.
namespace headroom {

struct ModelShape;

using NamedTensors = std::map<std::string, at::Tensor>;

/// Throws Error (Input), with `file` as the place, unless some tensors have names of a BSMamba2. Attention
/// makes it a RoFormer, which shares most of the names.
void requireBsMamba2(const NamedTensors& tensors, const std::string& file);

/// Compares every name and shape with the model's; no parameter is allocated.
LoadReport compareWeights(const NamedTensors& tensors, const ModelShape& shape);

/// Throws Error (Input), with `file` as the place, unless the tensors are all parameters of such a model and
/// no others. What training programs keep beside a model (windows, counters) does not count. The message says
/// what the file holds and what the configuration has, or names the first tensors that differ.
/// @param remedy what to do about tensors that differ, a sentence
void requireFit(const NamedTensors& tensors, const ModelShape& shape, const std::string& file,
                const std::string& remedy);

} // namespace headroom
