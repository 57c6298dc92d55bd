// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/row_launch.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/support/rounding.h"

#include <algorithm>

namespace headroom {

RowLaunch::RowLaunch(const at::Tensor& rows) : width(static_cast<int>(rows.size(-1))) {
    constexpr int numbersPerWarp = 256;
    constexpr int warp = 32;
    constexpr int mostThreads = 1024;
    constexpr int usualThreads = 128; // narrow rows share a block
    rowThreads = static_cast<int>(divideUp(width, numbersPerWarp)) * warp;
    TORCH_CHECK(rowThreads <= mostThreads, "rows have at most 8192 numbers, not ", width);
    const int rowsPerBlock = std::max(1, usualThreads / rowThreads);
    threads = static_cast<unsigned>(rowsPerBlock * rowThreads);
    grid.x = static_cast<unsigned>(divideUp(tokenCount(rows), rowsPerBlock));
}

} // namespace headroom
