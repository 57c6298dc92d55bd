#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace headroom {

/// function(input), differentiable, but keeping only `input`: the backward pass calls `function` again.
/// @param function pure; outlives the backward pass by itself (it is copied), and so must what it refers to
/// @param parameters the leaves that `function` reads besides its input; they get their gradients
at::Tensor recomputed(const std::function<at::Tensor(const at::Tensor&)>& function, const at::Tensor& input,
                      const std::vector<at::Tensor>& parameters);

} // namespace headroom
