#pragma once

#include "core/model/gated_scan.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// What Mamba2 mixers that read the same tokens make of them together: the sum over their sides of
/// gatedScan(x inProj') outProj. On the CPU by kernels that keep nothing but x for the backward pass,
/// elsewhere by tensor operators.
/// @param x [rows, length, d]
/// @param inProj [sides * (2 D + 2 N + H), d]: z, x, B, C, dt of the first side, then of the next
/// @param outProj by side: [D, d']
/// @param use GradientsOnly: the kernels leave out the values. Operators don't: their backward pass needs
/// what lies
///     between
/// @return [rows, length, d']
at::Tensor mixTokens(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                     const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides,
                     Use use = Use::Values);

} // namespace headroom
