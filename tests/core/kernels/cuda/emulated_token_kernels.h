// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/kernels/cuda/emulated_launcher.h"

namespace headroom::test {

/// Adds the kernels that work on tokens: convolution, time steps, gate and norm, norms of rows, sums of
/// shares; and those around the mixers.
void addTokenKernels(EmulatedLauncher& launcher);

} // namespace headroom::test
