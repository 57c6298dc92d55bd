// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/gated_scan.h"
#include "core/model/scan_form.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// Mamba-2 mixers with a common input: sumOfGatedScans() of x inProj'. Our kernels keep x and the weights for
/// the backward pass, CUDA kernels also what `kept` names; LibTorch's operators also keep x inProj'.
/// @param x [rows, length, d]
/// @param inProj [sides * (2 D + 2 N + H), d]: z, x, B, C, dt of the first side, then of the next
/// @param outProj by side: [D, d']
/// @param use with GradientsOnly values are not computed
/// @param form OfDevice means scanForm() of the device of x
/// @return [rows, length, d']
at::Tensor mixTokens(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                     const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides,
                     Use use = Use::Values, ScanForm form = ScanForm::OfDevice, Kept kept = Kept::Input);

} // namespace headroom
