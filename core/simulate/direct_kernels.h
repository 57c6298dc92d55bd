// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Registers fast replacements for LibTorch's Meta kernels. Those of LibTorch call other operators or repeat
/// checks that the real step does anyway; these allocate the same results directly. Call once.
void registerDirectKernels();

} // namespace headroom
