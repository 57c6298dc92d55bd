// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/launcher.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// The launch of a kernel of row_words.h, which shares a row among threads.
struct RowLaunch {
    LaunchGrid grid;
    unsigned threads;
    int width;      ///< of a row
    int rowThreads; ///< of a row

    /// @param rows [..., width], width at most 8,192
    explicit RowLaunch(const at::Tensor& rows);
};

} // namespace headroom
