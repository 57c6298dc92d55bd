// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// Launch sizes of the kernels that use RowPlace (row.cuh): one or more warps per row.
struct RowLaunch {
    LaunchGrid grid;
    unsigned threads;
    int width;      ///< numbers per row
    int rowThreads; ///< threads per row

    /// @param rows [..., width], width at most 8,192
    explicit RowLaunch(const at::Tensor& rows);
};

} // namespace headroom
