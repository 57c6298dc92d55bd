// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/kernels/cuda/emulated_launcher.h"

namespace headroom::test {

/// Adds the kernels of the scan, for all sizes of hasCudaScan().
void addScan(EmulatedLauncher& launcher);

} // namespace headroom::test
